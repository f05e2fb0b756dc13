using System.Globalization;
using System.Text;

namespace SoftDiff.Generator.Tests.Harness;

/// <summary>
/// Writes the C# that gives a probe and its companions one calling convention over flat vectors, because spans cannot be boxed. Per point:
/// <c>X()</c> the inputs, <c>Primal(x)</c>, <c>Grad(x, c)</c>, <c>Vjp(x, c)</c>, <c>Jvp(x, t)</c>. A companion's adapter returns two
/// vectors: the outputs of the primal, and the gradient or the tangent of the outputs. Inputs are, in order, what the method is
/// differentiated by; outputs are the result and then what its buffers, <c>ref</c> and <c>out</c> parameters hold on exit.
/// </summary>
internal static class ProbeAdapter
{
    public const string Namespace = "SoftDiff.Probes.Adapters";

    /// <param name="target">The method to call, with type arguments, up to but without the opening parenthesis.</param>
    public static string Write(string className, string target, string typeArguments, MethodShape shape, ProbePoint[] points, IReadOnlySet<CompanionForm> forms)
    {
        StringBuilder text = new();
        text.Append("#nullable enable\n#pragma warning disable\nnamespace ").Append(Namespace).Append("\n{\n    using System;\n    using System.Collections.Generic;\n\n");
        text.Append("    public static class ").Append(className).Append("\n    {\n");
        for (int i = 0; i < points.Length; i++)
        {
            new PointWriter(text, target, typeArguments, shape, points[i], i).Write(forms);
        }

        text.Append("    }\n}\n");
        return text.ToString();
    }

    /// <summary>Packing and unpacking, compiled once beside the adapters.</summary>
    public const string Support = """
        namespace SoftDiff.Probes.Adapters
        {
            using System;
            using System.Collections.Generic;
            using System.Numerics;
            using System.Reflection;

            public sealed class Packer
            {
                private readonly List<double> _values = new List<double>();

                public Packer Add<T>(T value) where T : INumberBase<T>
                {
                    _values.Add(double.CreateChecked(value));
                    return this;
                }

                public Packer AddAll<T>(T[] values) where T : INumberBase<T>
                {
                    foreach (T value in values) Add(value);
                    return this;
                }

                public Packer AddTree<T>(T value)
                {
                    _values.AddRange(Trees.Numbers(value));
                    return this;
                }

                public Packer AddTrees<T>(T[] values)
                {
                    foreach (T value in values) AddTree(value);
                    return this;
                }

                public Packer AddMade(Array values)
                {
                    foreach (object value in values) AddTree(value);
                    return this;
                }

                public double[] ToArray() => _values.ToArray();
            }

            /// <summary>Value types and objects with numbers inside, by reflection: no accessor or constructor of theirs runs.</summary>
            public static class Trees
            {
                private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
                private const BindingFlags Own = Fields | BindingFlags.DeclaredOnly;

                public static double[] Numbers<T>(T value)
                {
                    List<double> numbers = new List<double>();
                    Read(value, typeof(T), numbers);
                    return numbers.ToArray();
                }

                /// <summary>The value with other numbers.</summary>
                public static T With<T>(T value, double[] numbers, int start) => (T)Write(value, typeof(T), numbers, ref start);

                /// <summary>A value of these numbers, none of which is null: a cotangent or a tangent.</summary>
                public static T Of<T>(double[] numbers, int start) => (T)Write(default(T), typeof(T), numbers, ref start, isGiven: true);

                public static T[] Slice<T>(T[] values, double[] numbers, int start)
                {
                    T[] slice = new T[values.Length];
                    for (int i = 0; i < slice.Length; i++) slice[i] = (T)Write(values[i], typeof(T), numbers, ref start);
                    return slice;
                }

                public static T Garbage<T>() => With<T>(default, Unpack.Garbage<double>(1000), 0);

                public static T[] Garbage<T>(int length)
                {
                    T[] garbage = new T[length];
                    Array.Fill(garbage, Garbage<T>());
                    return garbage;
                }

                private static void Read(object value, Type type, List<double> numbers)
                {
                    if (value is double or float) numbers.Add(Convert.ToDouble(value));
                    else if (value is Array array && IsNumbers(type)) foreach (object element in array) Read(element, type.GetElementType(), numbers);
                    else if (value is System.Collections.IList list && ListedObject(type) is { } listed) foreach (object item in list) Read(item, listed, numbers);
                    else if (value is not null && IsObject(type)) foreach (FieldInfo field in All(type)) Read(field.GetValue(value), field.FieldType, numbers);
                    else if (value is null && Nullable.GetUnderlyingType(type ?? typeof(object)) is { } nothing) Read(Activator.CreateInstance(nothing), nothing, numbers);
                    else if (IsTree(value?.GetType())) foreach ((object member, Type declared) in Members(value)) Read(member, member?.GetType() ?? declared, numbers);
                }

                /// <summary>The fields of a class, those of its base class first.</summary>
                private static IEnumerable<FieldInfo> All(Type type)
                {
                    if (type.BaseType is { } parent && IsObject(parent)) foreach (FieldInfo field in All(parent)) yield return field;
                    foreach (FieldInfo field in type.GetFields(Own)) yield return field;
                }

                private static bool IsObject(Type type) =>
                    type is { IsClass: true, IsArray: false } && type.Namespace == "SoftDiff.Probes" && !typeof(Delegate).IsAssignableFrom(type);

                /// <summary>The class of the objects in an array or a list; null for other types.</summary>
                private static Type ListedObject(Type type)
                {
                    Type item = type.IsArray ? type.GetElementType() : type.Name == "List`1" ? type.GetGenericArguments()[0] : null;
                    return item is not null && IsObject(item) ? item : null;
                }

                private static bool IsNumbers(Type type) =>
                    type == typeof(double) || type == typeof(float) || (type.IsArray && IsNumbers(type.GetElementType()));

                private static object Write(object value, Type type, double[] numbers, ref int at, bool isGiven = false)
                {
                    if (Nullable.GetUnderlyingType(type) is { } optional)
                    {
                        object given = Write(value ?? Activator.CreateInstance(optional), optional, numbers, ref at, isGiven);
                        return value is null && !isGiven ? null : given;
                    }

                    if (type == typeof(double)) return numbers[at++];
                    if (type == typeof(float)) return (float)numbers[at++];
                    if (type.IsArray && IsNumbers(type)) return WriteArray((Array)value, numbers, ref at);
                    if (value is System.Collections.IList list && ListedObject(type) is { } listed)
                    {
                        foreach (object item in list) Write(item, listed, numbers, ref at);
                        return value;
                    }

                    if (value is not null && IsObject(type))
                    {
                        foreach (FieldInfo field in All(type)) field.SetValue(value, Write(field.GetValue(value), field.FieldType, numbers, ref at));
                        return value;
                    }

                    if (!IsTree(type)) return value;
                    object made = value ?? Activator.CreateInstance(type);
                    if (type.GetCustomAttribute<System.Runtime.CompilerServices.InlineArrayAttribute>() is { } inline)
                    {
                        Array elements = InlineElements(made, inline.Length);
                        Type element = elements.GetType().GetElementType();
                        for (int i = 0; i < inline.Length; i++) elements.SetValue(Write(elements.GetValue(i), element, numbers, ref at), i);
                        return typeof(Trees).GetMethod("Inline", BindingFlags.Static | BindingFlags.NonPublic).MakeGenericMethod(type, element).Invoke(null, new object[] { elements });
                    }

                    foreach (FieldInfo field in type.GetFields(Fields)) field.SetValue(made, Write(field.GetValue(made), field.FieldType, numbers, ref at, isGiven));
                    return made;
                }

                private static Array WriteArray(Array array, double[] numbers, ref int at)
                {
                    int[] index = new int[array.Rank];
                    for (int i = 0; i < array.Length; i++)
                    {
                        array.SetValue(Write(array.GetValue(index), array.GetType().GetElementType(), numbers, ref at), index);
                        for (int k = index.Length - 1; k >= 0 && ++index[k] == array.GetLength(k); k--) index[k] = 0;
                    }

                    return array;
                }

                private static bool IsTree(Type type) => type is { IsValueType: true, IsPrimitive: false, IsEnum: false };

                private static IEnumerable<(object Value, Type Type)> Members(object value)
                {
                    if (value.GetType().GetCustomAttribute<System.Runtime.CompilerServices.InlineArrayAttribute>() is { } inline)
                    {
                        foreach (object element in InlineElements(value, inline.Length)) yield return (element, null);
                    }
                    else
                    {
                        foreach (FieldInfo field in value.GetType().GetFields(Fields)) yield return (field.GetValue(value), field.FieldType);
                    }
                }

                private static Array InlineElements(object value, int length) => (Array)typeof(Trees).GetMethod("Elements", BindingFlags.Static | BindingFlags.NonPublic)
                    .MakeGenericMethod(value.GetType(), value.GetType().GetFields(Fields)[0].FieldType).Invoke(null, new object[] { value, length });

                private static E[] Elements<T, E>(T value, int length) =>
                    System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref System.Runtime.CompilerServices.Unsafe.As<T, E>(ref value), length).ToArray();

                private static T Inline<T, E>(E[] elements)
                {
                    T made = default;
                    elements.CopyTo(System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref System.Runtime.CompilerServices.Unsafe.As<T, E>(ref made), elements.Length));
                    return made;
                }
            }

            public static class Unpack
            {
                public static T[] Slice<T>(double[] from, int start, int length) where T : INumberBase<T>
                {
                    T[] slice = new T[length];
                    for (int i = 0; i < length; i++) slice[i] = T.CreateTruncating(from[start + i]);
                    return slice;
                }

                public static T[] Garbage<T>(int length) where T : IFloatingPointIeee754<T>
                {
                    T[] garbage = new T[length];
                    Array.Fill(garbage, T.NaN);
                    return garbage;
                }
            }
        }
        """;

    private sealed class PointWriter
    {
        private readonly StringBuilder _text;
        private readonly string _target;
        private readonly string _typeArguments;
        private readonly MethodShape _shape;
        private readonly ProbePoint _point;
        private readonly int _number;
        private readonly Dictionary<string, int> _length = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _inputAt = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _outputAt = new(StringComparer.Ordinal);

        /// <summary>The number of inputs, as C#: an object counts its numbers when the adapter runs.</summary>
        private readonly string _inputs = "0";

        public PointWriter(StringBuilder text, string target, string typeArguments, MethodShape shape, ProbePoint point, int number)
        {
            (_text, _target, _typeArguments, _shape, _point, _number) = (text, target, typeArguments, shape, point, number);
            int outputs = shape.ResultNumbers * (shape.Array is { } made ? ArgumentText.Items(Argument(made)).Count : 1);
            foreach (ParameterShape p in shape.Parameters)
            {
                int length = p.IsBuffer || p is { IsMade: true, IsOutput: true } ? ArgumentText.Items(Argument(p)).Count : 1;
                _length[p.Name] = length;
                length *= p.Numbers;
                if (p.IsInput)
                {
                    _inputAt[p.Name] = _inputs;
                    _inputs += " + " + (p.IsObject ? $"Trees.Numbers<{Concrete(p.Element!)}>({Argument(p)}).Length" : $"{length}");
                }

                if (p.IsOutput)
                {
                    _outputAt[p.Name] = outputs;
                    outputs += length;
                }
            }
        }

        public void Write(IReadOnlySet<CompanionForm> forms)
        {
            WriteInputs();
            WriteExpected();
            WritePrimal();
            foreach (CompanionForm form in forms.Order())
            {
                WriteCompanion(form);
            }
        }

        private void WriteInputs()
        {
            Line($"public static double[] X_{_number}() =>");
            Line("[");
            foreach (ParameterShape p in _shape.Parameters.Where(p => p.IsInput))
            {
                foreach (string item in p.IsBuffer ? ArgumentText.Items(Argument(p)) : [Argument(p)])
                {
                    Line(p.IsTree ? $"    ..Trees.Numbers<{Concrete(p.Element!)}>({item})," : $"    (double)({item}),");
                }
            }

            Line("];");
        }

        /// <summary>The gradients stated by hand; NaN where nothing is stated.</summary>
        private void WriteExpected()
        {
            Line($"public static double[] Expected_{_number}(double[] x_)");
            Line("{");
            foreach (ParameterShape p in _shape.Parameters.Where(p => p is { IsInput: true, IsTree: false }))
            {
                string cast = p.IsBuffer ? $"Unpack.Slice<double>(x_, {_inputAt[p.Name]}, {_length[p.Name]})" : $"x_[{_inputAt[p.Name]}]";
                Line($"    {(p.IsBuffer ? "double[]" : "double")} @{p.Name} = {cast};");
            }

            Line($"    double[] expected_ = Unpack.Garbage<double>({_inputs});");
            foreach (ParameterShape p in _shape.Parameters.Where(p => p is { IsInput: true, IsTree: false }))
            {
                if (_point.Gradient.TryGetValue("d" + char.ToUpperInvariant(p.Name[0]) + p.Name[1..], out string? stated))
                {
                    IReadOnlyList<string> items = p.IsBuffer ? ArgumentText.Items(stated) : [stated];
                    for (int i = 0; i < items.Count; i++)
                    {
                        Line($"    expected_[{_inputAt[p.Name]} + {i}] = {items[i]};");
                    }
                }
            }

            Line("    return expected_;");
            Line("}");
        }

        private void WritePrimal()
        {
            Line($"public static double[] Primal_{_number}(double[] x_)");
            Line("{");
            WriteArguments();
            string call = $"{Concrete(_target)}{Concrete(_typeArguments)}({string.Join(", ", _shape.Parameters.Select(Passed))})";
            Line(_shape.Result is null ? $"    {call};" : $"    {Concrete(_shape.Result)} result_ = {call};");
            foreach (ParameterShape p in _shape.Parameters.Where(p => p.IsContainer)) CopyBack("p_" + p.Name);
            Line($"    return {PackOutputs()};");
            Line("}");
        }

        private void WriteCompanion(CompanionForm form)
        {
            string seeds = form == CompanionForm.Jvp ? "t_" : "c_";
            Line($"public static double[][] {form}_{_number}(double[] x_, double[] {seeds})");
            Line("{");
            WriteArguments();
            List<string> passed = [.. _shape.Parameters.Select(Passed)];
            if (form == CompanionForm.Vjp && _shape.Result is { } result)
            {
                passed.Add(_shape.Array is { } made ? Seeds(made, 0) : _shape.ResultLeaves > 0 ? $"Trees.Of<{Concrete(result)}>(c_, 0)" : $"({Concrete(result)})c_[0]");
            }

            StringBuilder derivative = new("new Packer()");
            foreach (ParameterShape p in _shape.Parameters.Where(p => p.TakesPart))
            {
                string type = Concrete(p.Element!);
                string local = "d_" + p.Name;
                (string initial, string pass) = form == CompanionForm.Jvp ? Tangent(p, type, local) : Gradient(p, type, local);
                pass = InShape(p, pass);
                if (initial.Length > 0)
                {
                    Line("    " + initial);
                }

                if (p.IsContainer) LayOut(p, local);

                passed.Add(pass);
                if (form == CompanionForm.Jvp ? p.IsOutput : p.IsInput)
                {
                    derivative.Append(Pack(p, local));
                }
            }

            if (form == CompanionForm.Jvp && _shape.Result is { } returned)
            {
                passed.Add("out var tangent_");
                derivative.Insert("new Packer()".Length, _shape.Array is not null ? ".AddMade(tangent_)" : _shape.ResultLeaves > 0 ? ".AddTree(tangent_)" : ".Add(tangent_)");
            }

            string call = $"{Concrete(_target)}{form}{Concrete(_typeArguments)}({string.Join(", ", passed)})";
            Line(_shape.Result is null ? $"    {call};" : $"    {Concrete(_shape.Result)} result_ = {call};");
            foreach (ParameterShape p in _shape.Parameters.Where(p => p.IsContainer))
            {
                CopyBack("p_" + p.Name);
                if (p.TakesPart) CopyBack("d_" + p.Name);
            }

            Line($"    return new double[][] {{ {PackOutputs()}, {derivative}.ToArray() }};");
            Line("}");
        }

        private static string Pack(ParameterShape p, string local) => p.IsMade ? $".AddMade({local})" :
            (p.IsBuffer, p.IsTree) switch { (true, true) => ".AddTrees(", (true, false) => ".AddAll(", (false, true) => ".AddTree(", _ => ".Add(" } + local + ")";

        /// <summary>The cotangents of an array that the method makes.</summary>
        private string Seeds(ParameterShape made, int at)
        {
            string text = Argument(made);
            int length = ArgumentText.Items(text).Count;
            string type = Concrete(made.Element!);
            string seeds = made.IsTree ? $"Trees.Slice<{type}>(new {type}[{length}], c_, {at})" : $"Unpack.Slice<{type}>(c_, {at}, {length})";
            return made.Type.EndsWith("[]", StringComparison.Ordinal) ? seeds : $"Container.Of({seeds}, {string.Join(", ", ArgumentText.Lengths(text))})";
        }

        /// <summary>A seed in the shape of the parameter.</summary>
        private string Seed(ParameterShape p, string type, string vector, object at) => (p.IsBuffer, p.IsTree) switch
        {
            (true, true) => $"Trees.Slice<{type}>(new {type}[{_length[p.Name]}], {vector}, {at})",
            (true, false) => $"Unpack.Slice<{type}>({vector}, {at}, {_length[p.Name]})",
            (false, true) => p.IsObject ? $"Trees.With<{type}>({Argument(p)}, {vector}, {at})" : $"Trees.Of<{type}>({vector}, {at})",
            _ => $"({type}){vector}[{at}]",
        };

        private (string Initial, string Pass) Gradient(ParameterShape p, string type, string local) => p switch
        {
            { IsMade: true } => (string.Empty, Seeds(p, _outputAt[p.Name])),
            { PassedAs: PassedAs.Out } => (string.Empty, Seed(p, type, "c_", _outputAt[p.Name])),
            { PassedAs: PassedAs.Ref } => ($"{type} {local} = {Seed(p, type, "c_", _outputAt[p.Name])};", "ref " + local),
            { IsBuffer: true, Written: true } => ($"{type}[] {local} = {Seed(p, type, "c_", _outputAt[p.Name])};", local),
            { IsBuffer: true } => ($"{type}[] {local} = {(p.IsTree ? "Trees" : "Unpack")}.Garbage<{type}>({_length[p.Name]});", local),
            { IsObject: true } => ($"{type} {local} = Trees.With<{type}>({Argument(p)}, Unpack.Garbage<double>(1000), 0);", (p.IsRemade ? "out " : p.IsStruct ? "ref " : "") + local),
            { IsTree: true } => ($"{type} {local} = Trees.Garbage<{type}>();", "out " + local),
            _ => ($"{type} {local} = {type}.NaN;", "out " + local),
        };

        private (string Initial, string Pass) Tangent(ParameterShape p, string type, string local) => p switch
        {
            { IsMade: true } => ($"{Concrete(p.Type)} {local};", "out " + local),
            { PassedAs: PassedAs.Out } => ($"{type} {local};", "out " + local),
            { PassedAs: PassedAs.Ref } => ($"{type} {local} = {Seed(p, type, "t_", _inputAt[p.Name])};", "ref " + local),
            { IsBuffer: true } => ($"{type}[] {local} = {Seed(p, type, "t_", _inputAt[p.Name])};", local),
            _ => (string.Empty, Seed(p, type, "t_", _inputAt[p.Name])),
        };

        private void WriteArguments()
        {
            foreach (ParameterShape p in _shape.Parameters)
            {
                string local = "p_" + p.Name;
                if (p.PassedAs == PassedAs.Out)
                {
                    Line($"    {Concrete(p.Type)} {local};");
                }
                else if (p.IsInput)
                {
                    string type = Concrete(p.Element!);
                    Line(p is { IsBuffer: true, IsTree: true }
                        ? $"    {type}[] {local} = Trees.Slice<{type}>(new {type}[] {{ {string.Join(", ", ArgumentText.Items(Argument(p)))} }}, x_, {_inputAt[p.Name]});"
                        : p.IsTree
                        ? $"    {type} {local} = Trees.With<{type}>({Argument(p)}, x_, {_inputAt[p.Name]});"
                        : p.IsBuffer
                        ? $"    {type}[] {local} = Unpack.Slice<{type}>(x_, {_inputAt[p.Name]}, {_length[p.Name]});"
                        : $"    {type} {local} = ({type})x_[{_inputAt[p.Name]}];");
                }
                else if (p.IsBuffer)
                {
                    string type = ArgumentText.ElementOf(Concrete(p.Type));
                    Line($"    {type}[] {local} = new {type}[] {{ {string.Join(", ", ArgumentText.Items(Argument(p)).Select(item => $"({type})({item})"))} }};");
                }
                else
                {
                    Line($"    {Concrete(p.Type)} {local} = ({Concrete(p.Type)})({Argument(p)});");
                }

                if (p.IsContainer) LayOut(p, local);
            }
        }

        private string PackOutputs()
        {
            StringBuilder pack = new("new Packer()");
            if (_shape.Result is not null)
            {
                pack.Append(_shape.Array is not null ? ".AddMade(result_)" : _shape.ResultLeaves > 0 ? ".AddTree(result_)" : ".Add(result_)");
            }

            foreach (ParameterShape p in _shape.Parameters.Where(p => p.IsOutput))
            {
                pack.Append(Pack(p, "p_" + p.Name));
            }

            return pack.Append(".ToArray()").ToString();
        }

        private string Passed(ParameterShape p) => p.PassedAs switch
        {
            PassedAs.Ref => "ref p_" + p.Name,
            PassedAs.Out => "out p_" + p.Name,
            PassedAs.Array when Argument(p) == ArgumentText.Null => "null",
            _ => InShape(p, "p_" + p.Name),
        };

        /// <summary>Makes a container of an array, in the shape that the brackets of the argument have.</summary>
        private void LayOut(ParameterShape p, string array) =>
            Line($"    {Concrete(p.Type)} {array}_in = {ArgumentText.Container(p, array, Argument(p))};");

        private void CopyBack(string array) => Line($"    Container.Back({array}_in, {array});");

        /// <summary>A buffer as the parameter takes it: laid out as the brackets of the argument say, if it is a tensor or a container.</summary>
        private string InShape(ParameterShape p, string buffer) => p.IsContainer ? buffer + "_in" : p.IsTensor
            ? $"new global::System.Numerics.Tensors.TensorSpan<{ArgumentText.ElementOf(Concrete(p.Type))}>({buffer}, new nint[] {{ {string.Join(", ", ArgumentText.Lengths(Argument(p)))} }})"
            : buffer;

        private string Argument(ParameterShape p) => p is { PassedAs: PassedAs.Out, IsMade: false }
            ? string.Empty
            : _point.Arguments.TryGetValue(p.Name, out string? text)
                ? text
                : throw new FormatException($"The point '{_point.Line}' of {_shape.Name} gives no value for '{p.Name}'.");

        /// <summary>The type with the point's type arguments in place of type parameters.</summary>
        private string Concrete(string type)
        {
            foreach ((string name, string value) in _point.Arguments)
            {
                type = type == name ? value : type.Replace("<" + name + ">", "<" + value + ">").Replace(name + "[", value + "[");
            }

            return type;
        }

        private void Line(string line) => _text.Append("        ").Append(line).Append('\n');
    }

    internal static string ClassName(int number, Probe probe) =>
        string.Create(CultureInfo.InvariantCulture, $"P{number:000}_{string.Concat(probe.Id.Select(c => char.IsLetterOrDigit(c) ? c : '_'))}");
}
