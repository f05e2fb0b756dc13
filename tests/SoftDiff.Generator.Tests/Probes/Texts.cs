using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Texts
{
    //? members of texts that show integers
    //? n = 123, x = 0.7
    [Differentiable]
    public static double LengthOfText(int n, double x)
    {
        string s = "a" + n;
        return s.Length * x + $"{n}".Length * x * x + (s[1] == '1' ? x : 0);
    }

    //? a text that a branch assigns
    //? n = 2, x = 0.7
    //? n = 5, x = 0.7
    [Differentiable]
    public static double AssignedText(int n, double x)
    {
        string s = "a";
        if (n > 3) s = "bbb";
        return s.Length * x;
    }
}
