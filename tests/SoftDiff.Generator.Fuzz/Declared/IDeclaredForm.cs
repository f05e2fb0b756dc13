using SoftDiff.Generator.Fuzz.Drawing;
using SoftDiff.Generator.Fuzz.Running;

namespace SoftDiff.Generator.Fuzz.Declared;

/// <summary>Transformations of one kind, and how they are judged.</summary>
internal interface IDeclaredForm
{
    /// <summary>The first word of a verdict.</summary>
    string Name { get; }

    /// <summary>The methods that the form calls; none if the drawn method has no such transformation.</summary>
    IEnumerable<DeclaredMethod> Methods(Declarations declared);

    /// <summary>What is wrong at a point, as <c>what: numbers</c>; null if nothing is.</summary>
    /// <param name="calls">The point.</param>
    /// <param name="onKink">Called where differences do not judge.</param>
    string? Complaint(PointCalls calls, Action onKink);
}

/// <summary>The forms that exist.</summary>
internal static class DeclaredForms
{
    public static IReadOnlyList<IDeclaredForm> All { get; } =
    [
        new ProductForm(), new HessianForm(), new JacobianForm(), new BatchForm(), new SeriesForm(), new PartForm(), new CallerForm(),
    ];

    /// <summary>About half of the forms, which follow from the program's text, so that a run of it alone has the same.</summary>
    public static IReadOnlyList<IDeclaredForm> Drawn(FuzzProgram program)
    {
        Dice dice = new(program.Members.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter)));
        IDeclaredForm sure = dice.Pick(All);
        return [.. All.Where(form => form == sure || dice.Chance(0.5))];
    }
}
