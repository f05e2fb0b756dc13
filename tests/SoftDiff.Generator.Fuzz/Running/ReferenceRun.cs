using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftDiff.Generator.Fuzz.Checking;
using SoftDiff.Generator.Fuzz.Reference;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Fuzz.Running;

/// <summary>Runs the programs of a batch on dual numbers and leaves values and Jacobians in each <see cref="Subject.Reference"/>.</summary>
internal static class ReferenceRun
{
    /// <summary>
    /// Derivatives so large, relative to the values, come from states that double their error again and again: the method and the reference, which add
    /// in another order, then have other values.
    /// </summary>
    private const double LargestDerivative = 1e9;

    private static readonly MetadataReference s_duals = MetadataReference.CreateFromFile(typeof(Fuel).Assembly.Location);

    public static void Run(Subjects subjects, AssemblyLoadContext context)
    {
        Subject[] open = [.. subjects.Open];
        if (open.Length == 0) return;

        CSharpCompilation compilation = subjects.Compilation.RemoveAllSyntaxTrees().AddReferences(s_duals).WithAssemblyName("References")
            .AddSyntaxTrees(open.SelectMany(subject => Trees(subject, subjects.Compilation)));
        Assembly assembly = Assemblies.Load(
            context,
            compilation,
            tree => FuzzProgram.NumberAfter("/P", tree.FilePath),
            _ => false,
            (number, errors) => subjects.All[number].End(Verdict.Unusable("no reference", GeneratorRun.Describe(errors.Take(3)))));
        foreach (Subject subject in open.Where(subject => subject.IsOpen)) Evaluate(subject, assembly);
    }

    private static IEnumerable<SyntaxTree> Trees(Subject subject, CSharpCompilation compilation)
    {
        SourceFile source = subject.Program.Source(ReferenceRewriter.Namespace, subject.Number);
        yield return Assemblies.Parse(
            "reference/" + source.Path, ReferenceRewriter.Rewrite(CSharpSyntaxTree.ParseText(source.Text).GetRoot()).ToFullString(),
                compilation);
        string target = $"{ReferenceRewriter.Namespace}.{subject.Name}.{FuzzProgram.ClassName}.{subject.Probe!.Method}";
        string adapter = ReferenceAdapter.Write(subject.Name, target, subject.TypeArguments, subject.Shape!, subject.Probe.Points);
        yield return Assemblies.Parse("adapter/" + source.Path, adapter, compilation);
    }

    private static void Evaluate(Subject subject, Assembly assembly)
    {
        Type adapter = assembly.GetType($"{ReferenceAdapter.Namespace}.{subject.Name}", throwOnError: true)!;
        Exception? thrown = Guarded.Run(() =>
        {
            for (int point = 0; point < subject.Probe!.Points.Length; point++)
            {
                var x = adapter.GetMethod($"X_{point}")!.CreateDelegate<Func<double[]>>();
                var run = adapter.GetMethod($"Run_{point}")!.CreateDelegate<Func<double[], double[], double[][]>>();
                subject.Reference.Add(AtPoint(x(), run));
            }
        });
        if (thrown is not null)
        {
            subject.End(Verdict.Unusable(thrown is OutOfFuelException ? "endless" : "throws " + thrown.GetType().Name, thrown.ToString()));
        }
        else if (subject.Reference.Any(point => !point.Y.Concat(point.Columns.SelectMany(column => column)).All(double.IsFinite)))
        {
            subject.End(Verdict.Unusable("not finite", string.Join("; ", subject.Reference.SelectMany(point => point.Y))));
        }
        else if (subject.Reference.FirstOrDefault(IsDecidedByRounding) is { } point)
        {
            subject.End(Verdict.Unusable("decided by rounding", $"a derivative is {Largest(point.Columns.SelectMany(column => column)):R}"));
        }
    }

    private static bool IsDecidedByRounding(ReferencePoint point) =>
        Largest(point.Columns.SelectMany(column => column)) > LargestDerivative * System.Math.Max(1, Largest(point.Y));

    private static double Largest(IEnumerable<double> values) => values.Select(System.Math.Abs).DefaultIfEmpty().Max();

    private static ReferencePoint AtPoint(double[] x, Func<double[], double[], double[][]> run)
    {
        double[][] columns = new double[x.Length][];
        double[] y = [];
        for (int j = -1; j < x.Length; j++)
        {
            double[] tangents = new double[x.Length];
            if (j >= 0) tangents[j] = 1;
            Fuel.Fill();
            double[][] results = run(x, tangents);
            if (j >= 0) columns[j] = results[1];
            else y = results[0];
        }

        return new ReferencePoint(x, y, columns);
    }
}
