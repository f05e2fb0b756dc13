using SoftDiff;

namespace SoftGallery;

/// <summary>The value of a function of one number and, for the cotangent 1, its slope.</summary>
internal delegate double NumberFunction(double x, double softness, SoftMode mode, out double slope);

/// <summary>The functions of one number.</summary>
internal static class Elementwise
{
    private static readonly double[] Softness = [0.05, 0.1, 0.3];

    public static IReadOnlyList<Figure> Figures { get; } =
    [
        Of("sigmoidal", "Sigmoidal", "The step from 0 to 1, on which the others are built.", 2, Softness,
            (double x, double s, SoftMode m, out double d) => Soft.SigmoidalVjp(x, 1, out d, out _, s, m)),
        Of("heaviside", "Heaviside", "The step; the hard one is ½ at 0.", 2, Softness,
            (double x, double s, SoftMode m, out double d) => Soft.HeavisideVjp(x, 1, out d, out _, s, m)),
        Of("sign", "Sign", "The sign.", 2, Softness,
            (double x, double s, SoftMode m, out double d) => Soft.SignVjp(x, 1, out d, out _, s, m)),
        Of("abs", "Abs", "The absolute value, from below.", 2, Softness,
            (double x, double s, SoftMode m, out double d) => Soft.AbsVjp(x, 1, out d, out _, s, m)),
        Of("softrelu", "Softrelu", "max(x, 0), as the integral of Sigmoidal.", 2, Softness,
            (double x, double s, SoftMode m, out double d) => Soft.SoftreluVjp(x, 1, out d, out _, s, m)),
        Of("softrelu-gated", "Softrelu, gated", "max(x, 0), as x times Sigmoidal.", 2, Softness,
            (double x, double s, SoftMode m, out double d) => Soft.SoftreluVjp(x, 1, out d, out _, s, m, gated: true)),
        Of("relu", "Relu", "max(x, 0).", 2, Softness,
            (double x, double s, SoftMode m, out double d) => Soft.ReluVjp(x, 1, out d, out _, s, m)),
        Of("relu-gated", "Relu, gated", "max(x, 0), below 0 left of 0.", 2, Softness,
            (double x, double s, SoftMode m, out double d) => Soft.ReluVjp(x, 1, out d, out _, s, m, gated: true)),
        Of("clamp", "Clamp", "x between the bounds −1 and 1.", 2.5, Softness,
            (double x, double s, SoftMode m, out double d) => Soft.ClampVjp(x, -1, 1, 1, out d, out _, out _, out _, s, m)),
        Of("clamp-gated", "Clamp, gated", "x between the bounds −1 and 1.", 2.5, Softness,
            (double x, double s, SoftMode m, out double d) => Soft.ClampVjp(x, -1, 1, 1, out d, out _, out _, out _, s, m, gated: true)),
        Of("round", "Round", "The nearest integer.", 2.7, [0.02, 0.05, 0.15],
            (double x, double s, SoftMode m, out double d) => Soft.RoundVjp(x, 1, out d, out _, s, m)),
    ];

    public static Figure Of(string id, string title, string caption, double reach, double[] softness, NumberFunction function) => new(
        id,
        title,
        caption,
        -reach,
        reach,
        [.. softness.Select((s, i) => new Column(
            $"s{i + 1}",
            $"softness {Scale.Text(s)}",
            [.. Gallery.AllModes.Select(mode => new Curve(mode.Style, x => (function(x, s, mode.Mode, out var slope), slope)))]))]);
}
