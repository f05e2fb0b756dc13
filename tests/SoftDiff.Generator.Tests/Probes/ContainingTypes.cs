using System;
using SoftDiff;

namespace SoftDiff.Probes
{
    public static partial class ContainingTypes
    {
        //? several methods in one type that call one another
        //? x = 0.7
        [Differentiable]
        public static double First(double x) => x * Second(x);

        //? an `internal` method
        //? x = 0.7
        [Differentiable]
        internal static double Second(double x) => Math.Sin(x) * x;

        public static partial class Nested
        {
            public partial struct Deeper
            {
                //? nested types
                //? x = 0.7
                [Differentiable]
                public static double InNested(double x) => x * x * Second(x);
            }
        }
    }

    public partial class PlainClass
    {
        //? a method of a class that is not static
        //? x = 0.7
        [Differentiable]
        public static double InClass(double x) => x * x;
    }

    public sealed partial record SealedRecord(int Id)
    {
        //? a method of a record
        //? x = 0.7
        [Differentiable]
        public static double InRecord(double x) => x * x;
    }

    public readonly partial struct ReadOnlyStruct
    {
        //? a method of a `readonly struct`
        //? x = 0.7
        [Differentiable]
        public static double InStruct(double x) => x * x;
    }

    public readonly partial record struct RecordStruct(int Id)
    {
        //? a method of a `record struct`
        //? x = 0.7
        [Differentiable]
        public static double InRecordStruct(double x) => x * x;
    }

    public ref partial struct RefStruct
    {
        //? a method of a `ref struct`
        //? x = 0.7
        [Differentiable]
        public static double InRefStruct(double x) => x * x;
    }

    public partial interface IInterface
    {
        //? a static method of an interface
        //? x = 0.7
        [Differentiable]
        public static double InInterface(double x) => x * x;
    }

    public static partial class GenericOuter<TKey>
        where TKey : notnull
    {
        public static partial class Inner<TValue>
        {
            //? a type nested in a generic type
            //? TKey = int, TValue = string, x = 0.7
            [Differentiable]
            public static double InGenericNested(double x) => x * x;
        }
    }
}

namespace SoftDiff.Probes.@event.Deep
{
    public static partial class @class
    {
        //? namespaces and types named by keywords
        //? x = 0.7
        [Differentiable]
        public static double InKeyword(double x) => x * x;
    }
}
