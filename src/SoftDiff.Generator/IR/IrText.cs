namespace SoftDiff.Generator.IR;

/// <summary>The stable text form of the IR: printed for equality and tests, parsed by tests.</summary>
internal static class IrText
{
    public static string Print(Function function) => throw new NotImplementedException();

    public static string Print(Module module) => throw new NotImplementedException();
}
