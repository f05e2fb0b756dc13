namespace SoftDiff.Generator.Emit;

// Assignments that happen at once, and the end of the method, where they are its results.
internal sealed partial class StatementWriter
{
    private void WriteReturn(Ending ending, bool isLast)
    {
        var returns = _tree.Function.Returns is null ? 0 : 1;
        var moves = new ParallelMoves();
        Move? returned = null;
        Operand? array = null;
        for (var i = 0; i < _tree.Outputs.Length;)
        {
            var first = _tree.Outputs[i];
            var parts = _tree.Outputs.Skip(i).TakeWhile(p => p == first || (p.Part is { } part && first.Part?.IsSameWhole(part) == true)).ToList();
            var finals = ending.Finals.Skip(returns + i).Take(parts.Count).ToList();
            i += parts.Count;
            if (first is { IsReturned: true, Part: null }) array = finals[0];
            else if (first.Part is null) moves.Add(_variables[first.Value], finals[0]);
            else if (first.Part.IsReturned) returned = Assigned(first.Part.Type, "", 0, parts, finals);
            else foreach (var move in Assigned(parts, finals)) moves.Add(WithPresence(move, ending.Finals.Skip(returns).ToList()));
        }

        string? result = null;
        if (returns > 0) result = Overwrites(moves, ending.Finals[0]) ? Keep(ending.Finals[0], "result") : Text(ending.Finals[0]);
        if (returned is not null) result = TextOf(returned, source => Overwrites(moves, source) ? Keep(source, "result") : Text(source));
        if (array is not null) result = Text(array);
        WriteMoves(moves);
        if (result is not null) Long("return " + result + ";", LineOf(array ?? returned?.Sources[0] ?? ending.Finals[0]));
        else if (!isLast) _code.Line("return;");
    }

    /// <summary>The assignments of a parameter's scalars. Members of a <c>ref</c> parameter that can be assigned by themselves are.</summary>
    private IEnumerable<Move> Assigned(IReadOnlyList<Parameter> parts, IReadOnlyList<Operand> finals)
    {
        var part = parts[0].Part!;
        var name = ProductText.Whole(part);
        return part.Type.IsTree ? Leaves(part.Type, name, 0)
            : parts[0].Mode == ParameterMode.Ref ? Members(part.Type, name, 0)
            : new[] { Assigned(part.Type, name, 0, parts, finals) };

        // The numbers of a parameter tree, each for itself, and values that are its members as wholes.
        IEnumerable<Move> Leaves(ProductType type, string text, int first)
        {
            foreach (var member in type.Members)
            {
                var after = first + ProductType.Count(member.Type);
                if (!parts.Any(p => p.Part!.Leaf >= first && p.Part.Leaf < after))
                {
                    first = after;
                    continue;
                }

                if (member.Type is ProductType { IsTree: true } inner)
                {
                    var isReached = member.IsHidden || (!inner.IsObject && (member.IsFixed || member.Field != member.Name));
                    foreach (var move in Leaves(inner, _products.Member(type, member, text, isReached), first)) yield return move;
                }
                else
                {
                    yield return Assigned(member.Type, _products.Member(type, member, text, member.IsFixed), first, parts, finals);
                }

                first = after;
            }
        }

        IEnumerable<Move> Members(IrType type, string text, int first)
        {
            var members = (type as ProductType)?.Members;
            if (members is null || members.Value.Any(member => member.IsFixed || member.Field != member.Name))
            {
                var move = Assigned(type, text, first, parts, finals);
                if (move.Sources.Length > 0) yield return move;
                yield break;
            }

            foreach (var member in members)
            {
                foreach (var move in Members(member.Type, text + "." + Identifiers.Escape(member.Name), first)) yield return move;
                first += ProductType.Count(member.Type);
            }
        }
    }

    private Move Assigned(IrType type, string text, int first, IReadOnlyList<Parameter> parts, IReadOnlyList<Operand> finals)
    {
        var own = Enumerable.Range(0, parts.Count).Where(i => parts[i].Part!.Leaf is var leaf && leaf >= first && leaf < first + ProductType.Count(type)).ToList();
        var whole = new WholeValue(
            text, type, parts[0].Part!, first, own.Select(i => parts[i].Part!.Leaf).ToImmutableArray(),
            parts[0].Mode == ParameterMode.Ref || parts[0].IsLeaf);
        return new Move(own.Select(i => _variables[parts[i].Value]).ToImmutableArray(), own.Select(i => finals[i]).ToImmutableArray(), whole);
    }

    /// <summary>A derivative of a value that the method returns is null where the value is.</summary>
    private Move WithPresence(Move move, IReadOnlyList<Operand> results)
    {
        if (move.Whole is not { Part.Primal: { } primal } whole) return move;
        var presence = _tree.Outputs.Select((p, i) => (p.Part, Result: results[i]))
            .Where(output => output.Part is { } part && part.IsSameWhole(primal) && part.Type.SaysWhetherNull(part.Leaf))
            .ToImmutableDictionary(output => output.Part!.Leaf, output => output.Result);
        return move with { Whole = whole with { Presence = presence } };
    }

    /// <summary>The value that a move assigns.</summary>
    private string TextOf(Move move, Func<Operand, string> text)
    {
        var whole = move.Whole!;
        if (whole.Type is not ProductType type) return text(move.Sources[0]);
        string? Leaf(int leaf)
        {
            var at = whole.Leaves.IndexOf(leaf);
            if (at >= 0) return IsZero(move.Sources[at]) ? null : text(move.Sources[at]);
            if (whole.Part.Primal is { } primal && whole.Part.Type.SaysWhetherNull(leaf))
            {
                return whole.Presence.TryGetValue(leaf, out var given) ? text(given) : _products.Read(primal with { Leaf = leaf }, isReadOnly: false);
            }

            return whole.Keeps ? _products.Read(whole.Part with { Leaf = leaf }, isReadOnly: false) : null;
        }

        return _products.Build(type, Enumerable.Range(whole.First, ProductType.Count(type)).Select(Leaf).ToList());
    }

    /// <summary>A statement that may need more than one line.</summary>
    private void Long(string text, int line)
    {
        var comment = _comments.For(line, text);
        foreach (var part in LongStatements.Lines(text, CodeWriter.Width - (_code.Indent * 4)))
        {
            _code.Line(part, comment: comment);
            comment = null;
        }
    }

    /// <summary>The operand's value now, in a new variable.</summary>
    private string Keep(Operand operand, string hint)
    {
        var name = Identifiers.Escape(_names.Fresh(hint));
        _code.Line(TypeNames.OfLocal(operand.Type) + " " + name + " = " + Text(operand) + ";", declares: true);
        return name;
    }

    private int LineOf(Operand operand) => _folding.IsFolded(operand) ? _tree.Definition((Value)operand)!.Op.Line : -1;

    private bool Overwrites(ParallelMoves moves, Operand read) => moves.Pending(Holds).Any(m => Reads(read, m));

    private bool Reads(Operand operand, Move move) => _folding.Leaves(operand).Any(leaf => _variables.Find(leaf) is { } read && move.Destinations.Contains(read));

    /// <summary>
    /// Writes parallel moves one after the other. A move is written when no later one reads its destination; a cycle goes through a new variable.
    /// </summary>
    private void WriteMoves(ParallelMoves moves)
    {
        var pending = moves.Pending(Holds);
        var kept = new Dictionary<Operand, string>();
        while (pending.Count > 0)
        {
            var next = pending.FindIndex(m => !pending.Any(o => o != m && o.Reads.Any(source => !kept.ContainsKey(source) && Reads(source, m))));
            if (next < 0)
            {
                var circular = pending.SelectMany(m => m.Reads).First(source => !kept.ContainsKey(source) && source is Value);
                kept[circular] = Keep(circular, "");
                continue;
            }

            WriteMove(pending[next], kept);
            pending.RemoveAt(next);
        }
    }

    private void WriteMove(Move move, IReadOnlyDictionary<Operand, string> kept)
    {
        var (destination, source) = (move.Destinations[0], move.Sources[0]);
        if (move.Whole is { } whole)
        {
            Long(whole.Text + " = " + TextOf(move, part => kept.TryGetValue(part, out var name) ? name : Text(part)) + ";", LineOf(source));
        }
        else if (kept.TryGetValue(source, out var name))
        {
            Assign(destination, null, Code.Primary(name), -1);
        }
        else
        {
            Assign(destination, _folding.IsFolded(source) ? _tree.Definition((Value)source)!.Op as Compute : null, _print.Print(source), LineOf(source));
        }
    }
}
