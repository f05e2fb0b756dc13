using System.Globalization;

namespace SoftDiff.Generator.Emit;

// Blocks, branches and loops, and how each of them ends.
internal sealed partial class StatementWriter
{
    /// <param name="isLast">Nothing of the method follows, so a bare return can be left out.</param>
    private void WriteRegion(Region region, bool isLast) => WriteNodes(region, 0, isLast);

    private void WriteNodes(Region region, int first, bool isLast)
    {
        for (var i = first; i < region.Nodes.Count; i++)
        {
            var node = region.Nodes[i];
            if (_folding.IsDead(node) || (node.Op.Results.Length == 1 && _folding.IsFolded(node.Op.Results[0]))) continue;
            if (node.Op is OpenTape open)
            {
                if (_variables.Find(open.Result) is not { } tape) continue;
                WriteTape(tape, () => WriteNodes(region, node.Index + 1, isLast));
                return;
            }

            WriteNode(node, isLast && i == region.Nodes.Count - 1);
        }

        WriteEnding(region.Ending, isLast);
    }

    private void WriteTape(Variable tape, Action rest)
    {
        tape.IsDeclared = true;
        _code.Line("global::SoftDiff.Tape " + tape.Text + " = default;", declares: true);
        _code.Block("try", _code.Capture(rest), braces: true);
        _code.Block("finally", _code.Capture(() => _code.Line(tape.Text + ".Dispose();")), braces: true);
    }

    private void WriteEnding(Ending ending, bool isLast)
    {
        switch (ending.Kind)
        {
            case EndingKind.Function: WriteReturn(ending, isLast); break;
            case EndingKind.Loop: WriteNext(ending); break;
        }
    }

    private void WriteNext(Ending ending)
    {
        var loop = (Loop)ending.Loop!.Op;
        var moves = new ParallelMoves();
        for (var i = 0; i < loop.Carried.Length; i++) moves.Add(_variables[loop.Carried[i].Param], ending.Finals[i]);

        string? exit = null;
        if (ending.Exit is { } operand and not BoolConstant) exit = Overwrites(moves, operand) ? Keep(operand, "exit") : Text(operand);
        WriteMoves(moves);
        if (loop.Trips is not null && _variables.Find(loop.Trips) is { } trips) _code.Line(trips.Text + "++;");
        if (exit is not null) _code.Line("if (" + exit + ") break;");
        else if (ending.Exit is BoolConstant { Flag: true }) _code.Line("break;");
    }

    private void WriteIf(Node node, If @if, bool isLast)
    {
        var (then, @else) = (node.Inner[0], node.Inner[1]);
        var (thenJumps, elseJumps) = (Jumps(then), Jumps(@else));
        var condition = Text(@if.Condition);
        if (thenJumps)
        {
            _code.Block(Header(condition), Branch(then, false), Comment(@if, condition));
            WriteBranch(@else, isLast);
        }
        else if (elseJumps)
        {
            _code.Block(Header(_print.Not(@if.Condition).Text), Branch(@else, false), Comment(@if, condition));
            WriteBranch(then, isLast);
        }
        else
        {
            var thenLines = Branch(then, isLast);
            var elseLines = Branch(@else, isLast);
            if (thenLines.Count == 0 && elseLines.Count == 0 && !_folding.Acts(@if.Condition)) return;
            if (thenLines.Count == 0 && elseLines.Count > 0) _code.Block(Header(_print.Not(@if.Condition).Text), elseLines, Comment(@if, condition));
            else if (elseLines.Count == 0) _code.Block(Header(condition), thenLines, Comment(@if, condition));
            else WriteElse(Header(condition), thenLines, elseLines, Comment(@if, condition));
        }
    }

    private static string Header(string condition) => "if (" + condition + ")";

    private string? Comment(Op op, string condition) => _comments.For(op.Line, Header(condition));

    private void WriteElse(string header, List<CodeLine> then, List<CodeLine> @else, string? comment)
    {
        var chained = IsOneIf(@else);
        var braces = !(_code.CanJoin(header, then, comment) && (chained || _code.CanJoin("else", @else)));
        _code.Block(header, then, comment, braces);
        if (chained) _code.Append(@else.Select((line, i) => i == 0 ? line with { Text = "else " + line.Text } : line), -1);
        else _code.Block("else", @else, braces: braces);
    }

    private bool IsOneIf(List<CodeLine> lines)
    {
        var indent = _code.Indent + 1;
        return lines[0].Text.StartsWith("if (", StringComparison.Ordinal)
            && lines.Skip(1).All(l => l.Indent > indent || l.Text is "{" or "}" || l.Text.StartsWith("else", StringComparison.Ordinal));
    }

    private List<CodeLine> Branch(Region region, bool isLast) => _code.Capture(() => WriteBranch(region, isLast));

    private void WriteBranch(Region region, bool isLast)
    {
        WriteRegion(region, isLast);
        if (region.Ending.Kind != EndingKind.Branch) return;
        var values = ((If)region.Owner!.Op).Values;
        var moves = new ParallelMoves();
        for (var i = 0; i < values.Length; i++)
        {
            if (_uses.Count(values[i]) > 0) moves.Add(_variables[values[i]], region.Ending.Finals[i]);
        }

        WriteMoves(moves);
    }

    /// <summary>Control never reaches the end of the block's text.</summary>
    private static bool Jumps(Region region) => region.Ending.Kind switch
    {
        EndingKind.Stopped or EndingKind.Function => true,
        EndingKind.Loop => region.Ending.Exit is BoolConstant { Flag: true },
        EndingKind.Tail => region.Nodes[region.Nodes.Count - 1].Inner.All(Jumps),
        _ => false,
    };

    private void WriteFor(Node node, For loop)
    {
        StartLoop(loop);
        var index = _variables[loop.Index];
        index.IsDeclared = true;
        var (up, step) = (loop.Step > 0, Math.Abs((long)loop.Step));
        var before = up ? (loop.Inclusive ? " <= " : " < ") : loop.Inclusive ? " >= " : " > ";
        var next = step == 1 ? (up ? "++" : "--") : (up ? " += " : " -= ") + step.ToString(CultureInfo.InvariantCulture);
        var header = "for (" + index.Type + " " + index.Text + " = " + Text(loop.Start) + "; "
            + index.Text + before + _print.At(loop.End, Precedence.Shift) + "; " + index.Text + next + ")";
        var comment = _comments.For(loop.Line, header);
        _code.Block(header, _code.Capture(() => WriteRegion(node.Inner[0], false)), comment);
    }

    private void WriteWhile(Node node, While loop)
    {
        StartLoop(loop);
        var (condition, body) = (node.Inner[0], node.Inner[1]);
        var lines = _code.Capture(() => WriteRegion(condition, false));
        var test = Text(condition.Ending.Finals[0]);
        if (lines.Count == 0)
        {
            var header = "while (" + test + ")";
            var comment = _comments.For(loop.Line, header);
            _code.Block(header, _code.Capture(() => WriteRegion(body, false)), comment);
            return;
        }

        var whole = _code.Capture(() =>
        {
            _code.Append(lines);
            _code.Line("if (" + _print.Not(condition.Ending.Finals[0]).Text + ") break;");
            WriteRegion(body, false);
        });
        _code.Block("while (true)", whole, _comments.For(loop.Line, "while (" + test + ")"), braces: true);
    }

    private void StartLoop(Loop loop)
    {
        var moves = new ParallelMoves();
        foreach (var carried in loop.Carried) moves.Add(_variables[carried.Param], carried.Init);
        WriteMoves(moves);
        if (loop.Trips is not null && _variables.Find(loop.Trips) is { } trips) Assign(trips, null, Code.Primary("0"), -1);
    }
}
