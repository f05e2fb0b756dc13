using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

// The same numbers under another name: structs as numbers, numbers as structs, a matrix as a span.
internal sealed partial class FunctionLowering
{
    /// <summary>Numbers seen as structs, structs as numbers, and the elements of a matrix as a span. Everything is numbers side by side.</summary>
    private bool LowerReinterpreted(IMethodSymbol method, List<IOperation> arguments, out Operand? result)
    {
        result = null;
        switch (method.Name)
        {
            case "Cast" when IsCells(arguments[0]):
                var (from, to) = (Types.Map(method.ReturnType) as ArrayType, StructArrays.Map(method.ReturnType, Types));
                if (LowerCells(arguments[0]) is not { } cells) return true;
                if ((from?.Element ?? to?.Numbers.Element) != ((ArrayType)cells.Numbers.Type).Element) return false;
                if (to is null)
                {
                    result = cells.Numbers;
                    return true;
                }

                var whole = Times(Divide(_arrays.LengthOf(cells.Numbers), to.Stride), to.Stride);
                result = new StructArray(to, _arrays.View(cells.Numbers, Constants.Int(0), whole));
                return true;
            case "CreateSpan" or "CreateReadOnlySpan" when IsElement(arguments[0]):
                if (LowerPlace(arguments[0]) is not { } place) return true;
                result = _arrays.View(place.Array, place.Index, LowerInt(arguments[1]));
                return true;
            default:
                return false;
        }
    }
}
