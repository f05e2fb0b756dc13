namespace SoftDiff.Generator.Frontend;

/// <summary>
/// What an expression gives while a method is lowered, where the IR has no such value: a delegate, a query, an object that the method makes. It
/// may hold symbols of the compilation. None leaves the frontend: the canonical text of a method, which each one has that goes on to the next
/// step, cannot be written with one in it.
/// </summary>
internal abstract record FrontendValue(IrType Type) : Operand(Type);
