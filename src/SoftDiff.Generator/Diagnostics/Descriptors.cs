using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Diagnostics;

/// <summary>
/// Every diagnostic of SoftDiff: SD0xxx usage, SD1xxx constructs without derivative, SD2xxx custom rules, SD3xxx numerical advice, SD9xxx our own faults.
/// In the messages {0} is the offending piece of code and {1} says what to write instead.
/// </summary>
internal static class Descriptors
{
    private const string Category = "SoftDiff";

    public static readonly DiagnosticDescriptor NotPartial = Error(
        "SD0001", "Containing type is not partial", "Type '{0}' must be partial: the derivatives of '{1}' are added to it");

    public static readonly DiagnosticDescriptor UnknownWrt = Error(
        "SD0002", "Wrt does not name a differentiable parameter", "Wrt names '{0}', which is not a floating-point parameter of '{1}'; {2}");

    public static readonly DiagnosticDescriptor NothingToDifferentiate = Error(
        "SD0003", "Nothing to differentiate", "'{0}' {1}");

    public static readonly DiagnosticDescriptor FileLocalType = Error(
        "SD0004", "File-local type", "Type '{0}' is local to its file, so no derivative of '{1}' can be added to it; remove 'file'");

    public static readonly DiagnosticDescriptor CompanionCall = Error(
        "SD0005", "Call of a generated method", "'{0}' is generated and cannot be called in a method to differentiate; {1}");

    public static readonly DiagnosticDescriptor DeclaredSignature = Error(
        "SD0006", "Declared derivative has the wrong signature", "'{0}' must be declared as '{1}'");

    public static readonly DiagnosticDescriptor TakenName = Error(
        "SD0007", "Member in the place of a generated one", "'{0}' stands where a derivative of '{1}' is to be generated; rename one of the two, or remove it");

    public static readonly DiagnosticDescriptor UnusableDeclaration = Error(
        "SD0008", "Derivative cannot be declared here", "'{0}' cannot be written by SoftDiff: {1}");

    public static readonly DiagnosticDescriptor MissingTarget = Error(
        "SD0009", "Target of a declared derivative is missing", "Type '{0}' has no method '{1}' to differentiate; name one with nameof, and its type with typeof");

    public static readonly DiagnosticDescriptor AmbiguousTarget = Error(
        "SD0010", "Overload of a target is not clear", "The parameters of '{0}' fit {1} of {2}; start them with those of the one that is meant");

    public static readonly DiagnosticDescriptor UnmarkedTarget = Error(
        "SD0011", "Target is not marked", "'{0}', of which '{1}' is to be a derivative, is neither [Differentiable] nor a declared derivative; mark it");

    public static readonly DiagnosticDescriptor DerivativeOrder = Error(
        "SD0012", "Order of a derivative is out of range", "A derivative of order {0} cannot be computed; Order is at least 1 and, for '{1}', at most {2}");

    public static readonly DiagnosticDescriptor SharedParameter = Error(
        "SD0013", "[Shared] outside of a batch", "Parameter '{0}' is [Shared], but '{1}' has no [Vmap]; remove the attribute");

    public static readonly DiagnosticDescriptor DeclarationCycle = Error(
        "SD0014", "Declared derivatives form a cycle", "'{0}' is a derivative of '{1}', which calls it; call something else there");

    public static readonly DiagnosticDescriptor UnfitTarget = Error(
        "SD0015", "Target does not have such a derivative", "'{0}' cannot be written for '{1}': {2}");

    public static readonly DiagnosticDescriptor UnusableCheckpoint = Error(
        "SD0016", "[Checkpoint] without effect", "[Checkpoint] does nothing on '{0}': {1}");

    public static readonly DiagnosticDescriptor UnknowablePattern = Error(
        "SD0017", "Pattern of a sparse Jacobian is not known", "'{0}' cannot find where its matrix differs from zero: {1}; leave out Sparse, or compute with integers that are parameters");

    public static readonly DiagnosticDescriptor UnsupportedStatement = Error(
        "SD1001", "Unsupported statement", "SoftDiff cannot differentiate '{0}': {1}");

    public static readonly DiagnosticDescriptor UnsupportedExpression = Error(
        "SD1002", "Unsupported expression", "SoftDiff cannot differentiate '{0}': {1}");

    public static readonly DiagnosticDescriptor UnknownMethod = Error(
        "SD1003", "Method without source or derivative", "SoftDiff does not know the derivative of '{0}': {1}");

    public static readonly DiagnosticDescriptor MutableStatic = Error(
        "SD1004", "Static that may change", "'{0}' may change while the program runs: {1}");

    public static readonly DiagnosticDescriptor UnsupportedType = Error(
        "SD1005", "Unsupported type", "Type '{0}' is not supported in a method to differentiate: {1}");

    public static readonly DiagnosticDescriptor ArrayMerge = Error(
        "SD1006", "Which array a variable holds is not known", "'{0}' may hold one array or another here: {1}");

    public static readonly DiagnosticDescriptor InstanceCall = Error(
        "SD1007", "Call of an instance or virtual method", "SoftDiff cannot differentiate '{0}': {1}");

    public static readonly DiagnosticDescriptor Lambda = Error(
        "SD1008", "Delegate whose function is not known", "SoftDiff cannot differentiate '{0}': {1}");

    public static readonly DiagnosticDescriptor UnsupportedMethod = Error(
        "SD1009", "Unsupported kind of method", "'{0}' cannot be differentiated: {1}");

    public static readonly DiagnosticDescriptor Inaccessible = Error(
        "SD1010", "Member out of reach of the derivative", "'{0}' cannot be used by the derivative of a method of '{1}'; make it internal");

    public static readonly DiagnosticDescriptor ObjectGetsNumber = Error(
        "SD1011", "Object gets a differentiated number", "'{0}' gives an object a number that is differentiated, and what objects hold counts as constant: {1}");

    public static readonly DiagnosticDescriptor ObjectEscapes = Error(
        "SD1012", "Object that holds differentiated numbers is given away",
        "'{0}' gives away a '{1}' that holds differentiated numbers: pass the numbers themselves, or call a method with a body in this project");

    public static readonly DiagnosticDescriptor TreeIsWritten = Error(
        "SD1013", "Write to an object that is differentiated",
        "'{0}' is part of an object or a struct with arrays by which the method is differentiated, and must not change: {1}");

    public static readonly DiagnosticDescriptor RuleSignature = Error(
        "SD2001", "Custom rule has the wrong signature", "The rule '{0}' of '{1}' must be declared as '{2}'");

    public static readonly DiagnosticDescriptor RuleUnusable = Error(
        "SD2002", "Custom rule cannot be used", "The rule of '{0}' cannot be used: {1}");

    public static readonly DiagnosticDescriptor ReplacementParameter = Error(
        "SD2003", "Method with a replaced gradient lacks its parameter", "'{0}' is marked [{1}] and must have a parameter '{2}'");

    public static readonly DiagnosticDescriptor MissingRule = Error(
        "SD2004", "Rule for a further derivative is missing", "SoftDiff does not know the derivative of '{0}' that '{1}' needs: {2}");

    public static readonly DiagnosticDescriptor ImplicitFunction = Error(
        "SD2005", "Implicit function does not fit its residual", "'{0}' cannot be an implicit function: {1}");

    public static readonly DiagnosticDescriptor ZeroDerivative = Warning(
        "SD3001", "Derivative is zero by construction", "The derivative of '{0}' by '{1}' is always zero: the result depends on it only through {2}; {3}");

    public static readonly DiagnosticDescriptor InternalError = Error(
        "SD9000", "Internal error", "SoftDiff failed on '{0}' with {1}: {2}. Please report it.");

    /// <summary>All of them, by id.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = ImmutableArray.Create(
        NotPartial, UnknownWrt, NothingToDifferentiate, FileLocalType, CompanionCall, DeclaredSignature, TakenName,
        UnusableDeclaration, MissingTarget, AmbiguousTarget, UnmarkedTarget, DerivativeOrder, SharedParameter, DeclarationCycle, UnfitTarget,
        UnusableCheckpoint, UnknowablePattern,
        UnsupportedStatement, UnsupportedExpression, UnknownMethod, MutableStatic, UnsupportedType,
        ArrayMerge, InstanceCall, Lambda, UnsupportedMethod, Inaccessible, ObjectGetsNumber, ObjectEscapes, TreeIsWritten,
        RuleSignature, RuleUnusable, ReplacementParameter, MissingRule, ImplicitFunction,
        ZeroDerivative,
        InternalError);

#pragma warning disable RS1032 // Messages may be two sentences, and end as sentences do.
    private static DiagnosticDescriptor Error(string id, string title, string message) => Descriptor(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message) => Descriptor(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Descriptor(string id, string title, string message, DiagnosticSeverity severity) => new(
        id, title, message, Category, severity, isEnabledByDefault: true,
        helpLinkUri: "https://github.com/softdiff/softdiff/blob/main/docs/diagnostics/" + id + ".md");
#pragma warning restore RS1032
}
