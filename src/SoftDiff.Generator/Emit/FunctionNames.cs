namespace SoftDiff.Generator.Emit;

/// <summary>The C# names of scalar functions that are called as methods.</summary>
internal static class FunctionNames
{
    /// <summary>The method's full name; the arguments follow in the order of the operands.</summary>
    public static string Of(Spelling spelling, IrType type)
    {
        var scalar = (ScalarType)type;
        return spelling.Home switch
        {
            Home.Soft => "global::SoftDiff.Soft." + spelling.Name,
            Home.Partials => "global::SoftDiff.Partials." + spelling.Name,
            Home.Shape => "global::SoftDiff.Shape." + spelling.Name,
            Home.NumberType => scalar.Name + "." + spelling.Name,
            Home.Math or Home.MathOfDouble when scalar.IsTypeParameter => scalar.Name + "." + spelling.Name,
            Home.Math when scalar == ScalarType.Single => "global::System.MathF." + (spelling.MathName ?? spelling.Name),
            Home.Math or Home.MathOfDouble => "global::System.Math." + (spelling.MathName ?? spelling.Name),
            _ => throw new NotSupportedException(spelling.Name + " is no method"),
        };
    }

    /// <summary>Whether a scalar function is written as a call of a method that its row names.</summary>
    public static bool IsCalled(Opcode code) => ScalarFunctions.Of(code).Spelling.Home is not (Home.Operator or Home.Form);
}
