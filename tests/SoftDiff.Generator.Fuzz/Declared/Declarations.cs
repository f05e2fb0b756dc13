using SoftDiff.Generator.Fuzz.Drawing;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Fuzz.Declared;

/// <summary>
/// The transformations of a drawn method, by the description of the public surface: its parameters first, then those that the attribute
/// adds.
/// </summary>
internal sealed class Declarations(MethodShape shape)
{
    /// <summary>The name of the cotangent of what the method returns, which no other parameter has.</summary>
    public const string ReturnedCotangent = "cReturned";

    private const string Wrt = "Wrt = [{0}]";

    /// <summary>The parameters that a Jacobian has columns for. Drawn methods name no buffer that they write in Wrt.</summary>
    public IReadOnlyList<ParameterShape> Columns { get; } = [.. shape.Parameters.Where(p => p.IsInput && !p.IsOutput)];

    /// <summary>The parameters that a Jacobian has rows for; those of the result come after them.</summary>
    public IReadOnlyList<ParameterShape> Rows { get; } = [.. shape.Parameters.Where(p => p.IsOutput)];

    /// <summary>The first number to differentiate by.</summary>
    public ParameterShape? Variable => Columns.FirstOrDefault(p => !p.IsBuffer);

    public bool HasGradient => shape.Result is not null && Columns.Count > 0;

    public bool HasJacobian => Columns.Count > 0 && (shape.Result is not null || Rows.Count > 0);

    /// <summary>The tangents of a product of the Hessian.</summary>
    public IEnumerable<(string Name, double[] Numbers)> Directions(PointCalls calls, int salt) =>
        Product.Parameters.Skip(shape.Parameters.Length).Take(Columns.Count).Select(p => (p.Name, calls.Direction(p.Like!, salt)));

    public DeclaredMethod Primal => new(shape.Name, "", shape.Result, Own(shape));

    public DeclaredMethod Pullback
    {
        get
        {
            List<DeclaredParameter> parameters = Own(shape.After(CompanionForm.Grad));
            if (shape.Result is { } result) parameters.Insert(shape.Parameters.Length,
                new(ReturnedCotangent, result, PassedAs.Value, null));
            return new(shape.Name + "Pullback", $"Vjp(nameof({shape.Name}))", shape.Result, parameters);
        }
    }

    public DeclaredMethod Gradient =>
        new(shape.Name + "Gradient", $"Gradient(nameof({shape.Name}))", shape.Result, Own(shape.After(CompanionForm.Grad)));

    /// <summary>The gradient by some of the parameters only.</summary>
    public DeclaredMethod PartOfGradient
    {
        get
        {
            string[] part = [.. Columns.Where((_, i) => i % 2 == 0).Select(p => p.Name)];
            MethodShape partial = shape with { Parameters = [.. shape.Parameters.Select(p => p with { Wrt = part.Contains(p.Name) })] };
            return new(
                shape.Name + "Part", $"Gradient(nameof({shape.Name}), {Named(part)})", shape.Result,
                    Own(partial.After(CompanionForm.Grad)));
        }
    }

    public DeclaredMethod Product => new(
        shape.Name + "Product", $"HessianVectorProduct(nameof({shape.Name}))", shape.Result,
        [.. Own(shape), .. Columns.Select(p => Companion(p, "v", isReadOnly: true)),
            .. Columns.Select(p => Companion(p, "h", isReadOnly: false))]);

    public DeclaredMethod Hessian => new(
        shape.Name + "Hessian", $"Hessian(nameof({shape.Name}))", shape.Result, [.. Own(shape), Matrix("hessian")]);

    public DeclaredMethod Jacobian(string mode) => new(
        shape.Name + mode, $"Jacobian(nameof({shape.Name}), Mode = DiffMode.{mode})", shape.Result, [.. Own(shape), Matrix("jacobian")]);

    /// <summary>The derivative of an order of a method of one number.</summary>
    public DeclaredMethod Derivative(string of, int order) => new(
        $"{of}D{order}", $"Derivative(nameof({of}), Order = {order}, {Named([Variable!.Name])})", shape.Result, Own(shape));

    /// <summary>A batch of a method. Every second parameter that is not written is the same for all examples.</summary>
    public DeclaredMethod Batch(DeclaredMethod of)
    {
        bool isShared = false;
        List<DeclaredParameter> parameters = [new("batch", "int", PassedAs.Value, null)];
        foreach (DeclaredParameter p in of.Parameters)
        {
            bool isWritten = p.PassedAs is PassedAs.Ref or PassedAs.Out or PassedAs.Span or PassedAs.Tensor
                || shape.Parameters.Any(own => own.Name == p.Name && own.Written);
            isShared = !isWritten && !isShared;
            parameters.Add(isShared ? p with { IsShared = true } : Batched(p, isWritten));
        }

        if (of.Result is { } result) parameters.Add(new("values", $"Span<{result}>", PassedAs.Span, null));
        return new(of.Name + "Batch", $"Vmap(nameof({of.Name}))", null, parameters);
    }

    /// <summary>
    /// A method that calls the gradient, whose gradient is the product of the Hessian and the weights, and the gradient. Null if it would
    /// have to hand on
    /// what is written.
    /// </summary>
    public DeclaredMethod? Caller(DeclaredMethod gradient, IReadOnlyList<string> weights)
    {
        if (shape.Parameters.Any(p => p.Written || p.IsTensor || p.PassedAs == PassedAs.Out)) return null;
        List<string> passed = [.. Own(shape).Select(p => (p.PassedAs == PassedAs.In ? "in " : "") + p.Name)];
        string before = "", after = "        return total;\n";
        foreach ((int i, ParameterShape p) in Columns.Index())
        {
            string number = shape.Result == "double" ? "(double)" : shape.Result == "float" ? "(float)" : "";
            string weight = number.Length > 0 ? number + weights[i] : $"T.CreateChecked({weights[i]})";
            string local = gradient.Parameters[shape.Parameters.Length + i].Name;
            if (p.IsBuffer)
            {
                before += $"        Span<{p.Element}> {local} = new {p.Element}[{p.Name}.Length];\n";
                after = $"        for (int i_ = 0; i_ < {local}.Length; i_++) total += {weight} * {local}[i_];\n" + after;
            }
            else
            {
                after = $"        total += {weight} * {local};\n" + after;
            }

            passed.Add(p.IsBuffer ? local : $"out {p.Element} {local}");
        }

        return new(shape.Name + "Caller", "Differentiable(" + Named(Columns.Select(p => p.Name)) + ")", shape.Result, Own(shape))
        {
            Body = $"{before}        {shape.Result} total = {gradient.Name}({string.Join(", ", passed)});\n{after}",
        };
    }

    /// <summary>The gradient of <see cref="Caller"/>.</summary>
    public DeclaredMethod OfCaller(DeclaredMethod caller) => new(
        caller.Name + "Gradient", $"Gradient(nameof({caller.Name}))", shape.Result, Own(shape.After(CompanionForm.Grad)));

    private static string Named(IEnumerable<string> names) => string.Format(
        System.Globalization.CultureInfo.InvariantCulture, Wrt, string.Join(", ", names.Select(name => $"\"{name}\"")));

    private DeclaredParameter Matrix(string name) => new(name, $"Span<{shape.Result ?? Rows[0].Element}>", PassedAs.Span, null);

    private List<DeclaredParameter> Own(MethodShape of)
    {
        List<DeclaredParameter> own = [];
        foreach (ParameterShape p in of.Parameters)
        {
            string? like = own.Count < shape.Parameters.Length ? p.Name : Belongs(p.Name);
            own.Add(new(p.Name, p.Type, p.PassedAs, like));
        }

        return own;
    }

    /// <summary>The parameter whose name, after one letter, the name of a companion's parameter has.</summary>
    private string? Belongs(string name) =>
        shape.Parameters.FirstOrDefault(p => name[1..].Split('_')[0].Equals(p.Name, StringComparison.OrdinalIgnoreCase))?.Name;

    private static DeclaredParameter Companion(ParameterShape p, string prefix, bool isReadOnly)
    {
        string name = prefix + char.ToUpperInvariant(p.Name[0]) + p.Name[1..] + "_";
        if (!p.IsBuffer) return new(name, p.Element!, isReadOnly ? PassedAs.Value : PassedAs.Out, p.Name);
        string type = (isReadOnly ? "ReadOnly" : "") + (p.IsTensor ? "TensorSpan" : "Span") + $"<{p.Element}>";
        PassedAs passedAs = p.IsTensor ? isReadOnly ? PassedAs.ReadOnlyTensor : PassedAs.Tensor : isReadOnly ? PassedAs.ReadOnlySpan
            : PassedAs.Span;
        return new(name, type, passedAs, p.Name);
    }

    private static DeclaredParameter Batched(DeclaredParameter p, bool isWritten) => p.PassedAs switch
    {
        PassedAs.Value or PassedAs.In => p with { Type = $"ReadOnlySpan<{p.Type}>", PassedAs = PassedAs.ReadOnlySpan },
        PassedAs.Ref or PassedAs.Out => p with { Type = $"Span<{p.Type}>", PassedAs = PassedAs.Span },
        PassedAs.Array when isWritten => p with { Type = $"Span<{p.Element}>", PassedAs = PassedAs.Span },
        PassedAs.Array => p with { Type = $"ReadOnlySpan<{p.Element}>", PassedAs = PassedAs.ReadOnlySpan },
        PassedAs.Tensor or PassedAs.ReadOnlyTensor => p with { HasExamples = true },
        _ => p,
    };
}
