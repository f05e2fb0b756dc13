using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend;
using SoftDiff.Generator.Transforms.Declared;

namespace SoftDiff.Generator.Pipeline;

/// <summary>The declaration that fits, as C# text. What the user has named keeps its name.</summary>
internal static class DeclaredSignatureText
{
    private static readonly Regex Qualification = new(@"global::([^<>,()\s]*\.)?");

    private static readonly SymbolDisplayFormat Short = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <param name="signature">The signature.</param>
    /// <param name="header">The declaration as it stands, or as it is to be named.</param>
    /// <param name="target">Its target, with the declaration's type arguments.</param>
    /// <param name="qualified">Whether types are written with <c>global::</c> names.</param>
    public static string Of(DeclaredSignature signature, DeclarationHeader header, IMethodSymbol target, bool qualified)
    {
        var format = qualified ? SymbolDisplayFormat.FullyQualifiedFormat : Short;
        string Name(ITypeSymbol type) => type.ToDisplayString(format);
        var spans = qualified ? "global::System." : "";
        var tensors = qualified ? "global::System.Numerics.Tensors." : "";
        string Type(IrType type) => type switch
        {
            ArrayType { IsTensor: true } tensor => tensors + (tensor.IsReadOnly ? "ReadOnlyTensorSpan<" : "TensorSpan<") + tensor.Element.Name + ">",
            ArrayType { Form: ArrayForm.Array or ArrayForm.Matrix or ArrayForm.Jagged } array => array.ToString(),
            ArrayType span => spans + (span.IsReadOnly ? "ReadOnlySpan<" : "Span<") + span.Element.Name + ">",
            _ => ((ScalarType)type).Name,
        };

        string Product(ProductType product) => qualified ? product.Name : Qualification.Replace(product.Name, "");
        string Elements(ProductType element, IrType type) =>
            type is ArrayType { Form: ArrayForm.Array } ? Product(element) + "[]" : spans + (((ArrayType)type).IsReadOnly ? "ReadOnlySpan<" : "Span<") + Product(element) + ">";

        var declared = Declared(signature);
        var names = Names(declared, header);
        var ofTarget = declared.Where(p => p.Role == DeclaredRole.Primal).ToList();
        var shared = qualified ? "[global::SoftDiff.Shared] " : "[Shared] ";
        var parameters = declared.Select((parameter, i) =>
        {
            var own = ofTarget.IndexOf(parameter);
            var isSame = own >= 0 && (parameter.IsShared || parameter.Type.Equals(parameter.Of!.Value.Type));
            var mode = parameter.PassedAs switch { ParameterMode.In => "in ", ParameterMode.Ref => "ref ", ParameterMode.Out => "out ", _ => "" };
            var type = isSame ? Name(target.Parameters[own].Type)
                : parameter.Whole is { } whole ? Product(whole)
                : parameter.Of?.ElementsOf is { } element && parameter.Type is ArrayType ? Elements(element, parameter.Type)
                : Type(parameter.Type);
            return (parameter.IsShared ? shared : "") + mode + type + " " + Identifiers.Escape(names[i]);
        });
        var nothing = (signature.Returns is null && !signature.ReturnsByParameters) || (signature.MayReturnNothing && header.ReturnsNothing);
        var returned = SparseTypes.IsMatrix(signature.Returns) ? SparseName(signature.Returns!, qualified) : Name(target.ReturnType);
        return header.Modifiers + (nothing ? "void" : returned) + " " + Identifiers.Escape(header.Name)
            + header.TypeParameters + "(" + string.Join(", ", parameters) + ")" + (header.Constraints.Length > 0 ? " " + header.Constraints : "") + ";";
    }

    private static string SparseName(IrType matrix, bool qualified)
    {
        var name = ((ScalarType)matrix).Name;
        return qualified ? name : name.Substring(name.LastIndexOf('.') + 1);
    }

    /// <summary>
    /// The target's names for its own parameters; for the others the declared ones where as many are declared, else the usual ones.
    /// </summary>
    private static ImmutableArray<string> Names(IReadOnlyList<DeclaredParameter> declared, DeclarationHeader header)
    {
        var keep = header.Parameters.Length == declared.Count;
        return declared.Select((p, i) => keep ? header.Parameters[i] : p.WholeName).ToImmutableArray();
    }

    /// <summary>The C# parameters: of a value in parts the first part. The receiver is none.</summary>
    private static List<DeclaredParameter> Declared(DeclaredSignature signature)
    {
        var all = signature.Parameters
            .Where(p => !(p.Role == DeclaredRole.Primal && p.Of is { IsReturned: true } or { Part.IsReceiver: true }))
            .ToList();
        return all.Where((p, i) => i == 0 || !all[i - 1].IsPartWith(p)).ToList();
    }
}
