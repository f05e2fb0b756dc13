using SoftDiff.Generator.Frontend.Objects;
using SoftDiff.Generator.Frontend.Trees;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// The loops that enumerate sequences.
internal sealed partial class FunctionLowering
{
    /// <summary>What is known of a loop over a sequence.</summary>
    /// <param name="At">The expression or statement that enumerates.</param>
    /// <param name="Assigned">The variables that the user's loop assigns.</param>
    /// <param name="JumpsOut">Whether control may leave more than the innermost loop.</param>
    private sealed record Enumerating(IOperation At, HashSet<ISymbol> Assigned, bool JumpsOut, ILabelSymbol? Break, ILabelSymbol? Continue)
    {
        public static Enumerating For(IOperation at) => new(at, new HashSet<ISymbol>(SymbolEqualityComparer.Default), false, null, null);
    }

    /// <summary>Whether the number of elements is known before they are, so that they have positions.</summary>
    private static bool IsIndexed(Sequence sequence) =>
        sequence is not ({ Kind: SequenceKind.Where or SequenceKind.SelectMany } or { Kind: SequenceKind.Objects, Length: null }) && sequence.Parts.OfType<Sequence>().All(IsIndexed);

    /// <summary>What a variable holds that the sequence was made of.</summary>
    private Operand Held(Sequence sequence, int cell) => _point.Env.Get(sequence.Cells[cell])!;

    private Operand AtLeastZero(Operand number) =>
        number is IntegerConstant { Number: >= 0 } ? number : _point.Block.Compute(ScalarType.Int32, Opcode.Max, number, Constants.Int(0));

    /// <summary>The number of elements of an indexed sequence.</summary>
    private Operand CountOf(Sequence sequence)
    {
        Operand Least(Operand a, Operand b) => a.Equals(b) ? a : _point.Block.Compute(ScalarType.Int32, Opcode.Min, a, b);
        return sequence.Kind switch
        {
            SequenceKind.Array => Held(sequence, 0) switch
            {
                StructArray structs => CountOf(structs),
                Jagged rows => _arrays.LengthOf(rows.Starts),
                MadeList list => CountOf(list),
                TreeObjects objects => CountOf(objects),
                var array => _arrays.LengthOf(array),
            },
            SequenceKind.Objects => CountObjects(sequence),
            SequenceKind.Range or SequenceKind.Repeat => Held(sequence, 1),
            SequenceKind.Zip => Least(CountOf(sequence.Source), CountOf((Sequence)sequence.Parts[1])),
            SequenceKind.Take => Least(CountOf(sequence.Source), AtLeastZero(Held(sequence, 0))),
            SequenceKind.Skip => AtLeastZero(
                _point.Block.Compute(ScalarType.Int32, Opcode.Subtract, CountOf(sequence.Source), AtLeastZero(Held(sequence, 0)))),
            _ => CountOf(sequence.Source),
        };
    }

    /// <summary>The element of an indexed sequence at a position.</summary>
    private Operand ElementAt(Sequence sequence, Operand index, IOperation at)
    {
        switch (sequence.Kind)
        {
            case SequenceKind.Array:
                return Held(sequence, 0) is StructArray structs ? Element(structs, index).Read(this)
                    : Held(sequence, 0) is Jagged rows ? new RowPlace(rows, index, at).Read(this)
                    : Held(sequence, 0) is TreeObjects objects ? ObjectIn(objects, index, at)
                    : Held(sequence, 0) is MadeList list ? ItemAt(list, index)
                    : _arrays.With(Held(sequence, 0), array => _point.Block.Load(array, index));
            case SequenceKind.Objects:
                return ObjectAt(sequence, index, at);
            case SequenceKind.Range:
                return _arrays.Sum(Held(sequence, 0), index);
            case SequenceKind.Repeat:
                return Held(sequence, 0);
            case SequenceKind.Take:
                return ElementAt(sequence.Source, index, at);
            case SequenceKind.Skip:
                return ElementAt(sequence.Source, _arrays.Sum(AtLeastZero(Held(sequence, 0)), index), at);
            case SequenceKind.Zip:
                var (a, b) = (ElementAt(sequence.Source, index, at), ElementAt((Sequence)sequence.Parts[1], index, at));
                return sequence.Function is { } pair ? Run(pair, sequence.FunctionType!, at, a, b) : Products.Tuple(a, b);
            default:
                return Selected(sequence, ElementAt(sequence.Source, index, at), index, at);
        }
    }

    private Operand Selected(Sequence sequence, Operand element, Operand position, IOperation at) => sequence.TakesPosition
        ? Run(sequence.Function!, sequence.FunctionType!, at, element, position)
        : Run(sequence.Function!, sequence.FunctionType!, at, element);

    /// <summary>Runs code for each element, in order.</summary>
    private void Enumerate(Sequence sequence, Enumerating loop, Action<Operand> each)
    {
        var lists = ListsIn(sequence).ToList();
        _enumerated.AddRange(lists);
        EnumerateParts(sequence, loop, each);
        _enumerated.RemoveRange(_enumerated.Count - lists.Count, lists.Count);
    }

    private void EnumerateParts(Sequence sequence, Enumerating loop, Action<Operand> each)
    {
        if (IsIndexed(sequence))
        {
            CountTo(CountOf(sequence), 0, loop, index => each(ElementAt(sequence, index, loop.At)));
            return;
        }

        if (sequence.Kind == SequenceKind.Objects)
        {
            EnumerateObjects(sequence, loop, each);
            return;
        }

        // A sequence inside has a loop of its own.
        var inner = sequence.Kind == SequenceKind.SelectMany ? loop with { Continue = null, JumpsOut = true } : loop;
        var position = sequence.TakesPosition ? Keep(Constants.Int(0), "position") : null;
        Enumerate(sequence.Source, inner, element =>
        {
            var at = position is null ? Constants.Int(0) : _point.Env.Get(position)!;
            if (position is not null) _point.Env.Set(position, _point.Block.Compute(ScalarType.Int32, Opcode.Add, at, Constants.Int(1)));
            switch (sequence.Kind)
            {
                case SequenceKind.Where:
                    _branches.Branch(Selected(sequence, element, at, loop.At), () => each(element), () => { });
                    break;
                case SequenceKind.SelectMany when SequenceIn(Selected(sequence, element, at, loop.At), loop.At) is { } row:
                    Enumerate(row, loop with { Break = null, JumpsOut = true }, inside => each(
                        sequence.PairFunctionType is { } pair ? Run((Closure)sequence.Parts[2], pair, loop.At, element, inside) : inside));
                    break;
                case SequenceKind.Select:
                    each(Selected(sequence, element, at, loop.At));
                    break;
            }
        });
    }

    private void CountTo(Operand end, int first, Enumerating loop, Action<Value> body)
    {
        At(loop.At);
        var index = _point.Values.Fresh(ScalarType.Int32, "i");
        var carried = new CarriedVariables(_point, _branches, Jumps)
            .Lower(loop.At.Syntax, loop.Assigned, loop.JumpsOut, loop.Break, loop.Continue, () => body(index), null, index);
        _point.Block.Add(new For(index, Constants.Int(first), end, 1, false, carried.Carried, carried.Body, carried.Exit));
    }

    /// <summary><c>foreach</c> over a sequence.</summary>
    private void LowerForEachOf(IForEachLoopOperation statement, IOperation collection)
    {
        if (SequenceIn(Lower(collection), collection) is not { } sequence) return;
        var loop = new Enumerating(
            statement, Assignments.In(statement), Assignments.JumpsOut(statement), statement.ExitLabel, statement.ContinueLabel);
        Enumerate(sequence, loop, element =>
        {
            if (statement.LoopControlVariable is IVariableDeclaratorOperation variable)
            {
                if (Types.Scalar(variable.Symbol.Type) is { } type && element.Type is ScalarType) element = ConvertTo(element, type);
                _point.Env.Set(variable.Symbol, Named(element, variable.Symbol.Name));
            }
            else if (!Deconstruct(statement, element))
            {
                Unsupported(statement.LoopControlVariable, "take the element into one variable");
            }

            LowerStatement(statement.Body);
        });
    }

    private bool Deconstruct(IForEachLoopOperation statement, Operand element)
    {
        if (statement.Syntax is not ForEachVariableStatementSyntax syntax) return false;
        var info = SemanticModels.Of(_module.Compilation, syntax.SyntaxTree).GetDeconstructionInfo(syntax);
        var targets = Targets(statement.LoopControlVariable).ToList();
        if (Elements(statement.LoopControlVariable, element, info) is not { } elements || elements.Count != targets.Count) return false;
        for (var i = 0; i < targets.Count; i++)
        {
            if (targets[i] is not IDiscardOperation) Place(targets[i])?.Write(this, elements[i]);
        }

        return true;
    }
}
