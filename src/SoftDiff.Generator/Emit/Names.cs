using System.Globalization;

namespace SoftDiff.Generator.Emit;

/// <summary>
/// Gives variables their names: the user's where there is one, else the hint, else <c>t1</c>, <c>t2</c> …. A name occurs once in a method,
/// except that loops of which none is inside the other may each have it.
/// </summary>
internal sealed class Names
{
    private readonly HashSet<string> _reserved;
    private readonly Dictionary<string, List<Node?>> _taken = new(StringComparer.Ordinal);

    /// <summary>The first number that a hint's next name may have, by the loop that the name is for: all smaller ones are taken there.</summary>
    private readonly Dictionary<(string Hint, Node? Scope), int> _numbers = new();

    private int _next = 1;

    public Names(IEnumerable<string> reserved) => _reserved = new HashSet<string>(reserved, StringComparer.Ordinal);

    public void Assign(Tree tree, Variables variables, ProductText products)
    {
        foreach (var name in tree.Function.Parameters.Where(p => p.Part is not { IsReturned: true }).Select(p => p.DeclaredName).Distinct())
        {
            Take(Identifiers.Unescape(name), null);
        }

        foreach (var parameter in tree.Function.Parameters)
        {
            if (variables.Find(parameter.Value) is not { } variable) continue;
            variable.Name = Identifiers.Unescape(parameter.Name);
            if (parameter is { IsLeaf: false, Part: { IsReturned: false } part }) variable.PartText = products.Read(part, isReadOnly: parameter.Mode == ParameterMode.In);
        }

        var declared = tree.Nodes.SelectMany(variables.DeclaredAt).ToList();
        foreach (var variable in declared.Where(v => v.UserName is not null)) variable.Name = Choose(variable.UserName!, Scope(variable), owned: true);
        foreach (var variable in declared.Where(v => v.UserName is null)) variable.Name = Choose(Hint(variable), Scope(variable), owned: false);
    }

    /// <summary>A name for something that is not a value, free in the whole method.</summary>
    public string Fresh(string hint) => Choose(hint, null, owned: false);

    private static string Hint(Variable variable) => variable.Values.FirstOrDefault(v => v.Name.Length > 0)?.Name ?? "";

    // Outside loops the whole method is the scope, even in a branch, since a branch may be written without braces.
    private static Node? Scope(Variable variable)
    {
        var at = variable.DeclaredAt!;
        return at.Op is For loop && variable.Values[0].Equals(loop.Index) ? at : at.Loop;
    }

    private string Choose(string hint, Node? scope, bool owned)
    {
        hint = Identifiers.Unescape(hint);
        if (hint.Length == 0)
        {
            string name;
            do
            {
                name = "t" + _next++.ToString(CultureInfo.InvariantCulture);
            }
            while (!IsFree(name, scope, owned: false));
            return Take(name, scope);
        }

        if (IsFree(hint, scope, owned)) return Take(hint, scope);
        if (!_numbers.TryGetValue((hint, scope), out var number)) number = 2;
        while (true)
        {
            var name = hint + "_" + number.ToString(CultureInfo.InvariantCulture);
            number++;
            if (!IsFree(name, scope, owned: false)) continue;
            _numbers[(hint, scope)] = number;
            return Take(name, scope);
        }
    }

    private bool IsFree(string name, Node? scope, bool owned)
    {
        if (!owned && _reserved.Contains(name)) return false;
        return !_taken.TryGetValue(name, out var scopes) || !scopes.Any(s => IsAround(s, scope) || IsAround(scope, s));
    }

    private string Take(string name, Node? scope)
    {
        if (!_taken.TryGetValue(name, out var scopes)) _taken.Add(name, scopes = new List<Node?>());
        scopes.Add(scope);
        return name;
    }

    private static bool IsAround(Node? outer, Node? inner)
    {
        if (outer is null) return true;
        for (var node = inner; node is not null; node = node.Loop)
        {
            if (node == outer) return true;
        }

        return false;
    }
}
