using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace SoftDiff.Runtime.Build;

/// <summary>Rewrites code in single precision: the type, the class of functions, and the literals of type double.</summary>
internal static class FloatTwin
{
    public static string Of(string text)
    {
        var twin = new StringBuilder(text.Length);
        foreach (var token in SyntaxFactory.ParseTokens(text))
        {
            twin.Append(token.LeadingTrivia.ToFullString());
            twin.Append(token.Kind() switch
            {
                SyntaxKind.DoubleKeyword => "float",
                SyntaxKind.IdentifierToken when token.Text == "Math" => "MathF",
                SyntaxKind.NumericLiteralToken when token.Value is double => token.Text.TrimEnd('d', 'D') + "f",
                _ => token.Text,
            });
            twin.Append(token.TrailingTrivia.ToFullString());
        }

        return twin.ToString();
    }
}
