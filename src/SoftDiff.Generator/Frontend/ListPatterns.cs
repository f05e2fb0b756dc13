using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

// Patterns of the elements of arrays and spans: a is [var first, .., > 0].
internal sealed partial class FunctionLowering
{
    private Operand MatchList(Operand array, IListPatternOperation pattern)
    {
        var slice = pattern.Patterns.ToList().FindIndex(part => part is ISlicePatternOperation);
        var listed = pattern.Patterns.Length - (slice < 0 ? 0 : 1);
        return _branches.Choose(_arrays.IsNull(array), () => BoolConstant.False, () =>
        {
            array = _arrays.NotNull(array);
            var length = _arrays.LengthOf(array);
            var fits = slice < 0 ? _point.Block.Compute(ScalarType.Bool, Opcode.Equal, length, Constants.Int(listed))
                : _point.Block.Compute(ScalarType.Bool, Opcode.LessEqual, Constants.Int(listed), length);
            return _branches.Choose(fits, () => Elements(length), () => BoolConstant.False);
        });

        Operand Elements(Operand length)
        {
            if (pattern.DeclaredSymbol is { } whole) _point.Env.Set(whole, array);
            return MatchAll(pattern.Patterns.Select((part, i) => (Func<Operand>)(() =>
            {
                if (part is not ISlicePatternOperation rest) return Match(Element(length, i), part);
                if (rest.Pattern is not { } inner) return BoolConstant.True;
                var view = _arrays.View(array, Constants.Int(i), _point.Block.Compute(ScalarType.Int32, Opcode.Subtract, length, Constants.Int(listed)));
                return Match(inner.InputType is IArrayTypeSymbol ? _arrays.CopyOf(view) : view, inner);
            })));
        }

        Operand Element(Operand length, int position)
        {
            Operand index = slice < 0 || position < slice ? Constants.Int(position)
                : _point.Block.Compute(ScalarType.Int32, Opcode.Subtract, length, Constants.Int(pattern.Patterns.Length - position));
            return _arrays.With(array, one => _point.Block.Load(one, index));
        }
    }
}
