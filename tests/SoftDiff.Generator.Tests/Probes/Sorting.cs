using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Sorting
{
    //? rotation in place by reversals
    //? a = [0.5, 1.5, -0.3, 0.8, 0.2], k = 2
    [Differentiable]
    public static double Rotate(Span<double> a, int k)
    {
        Reverse(a[..k]);
        Reverse(a[k..]);
        Reverse(a);
        double s = 0;
        for (int i = 0; i < a.Length; i++) s += a[i] * a[i] * i;
        return s;
    }

    //? a sorting network
    //? x = [0.5, 1.5, -0.3, 0.8]
    [Differentiable]
    public static double SortNet(ReadOnlySpan<double> x)
    {
        Span<double> a = stackalloc double[4];
        x.CopyTo(a);
        CompareSwap(a, 0, 1);
        CompareSwap(a, 2, 3);
        CompareSwap(a, 0, 2);
        CompareSwap(a, 1, 3);
        CompareSwap(a, 1, 2);
        return a[0] + 2 * a[1] * a[1] + 3 * a[2] * a[3];
    }

    //? insertion sort
    //? x = [0.5, 1.5, -0.3, 0.8, 0.1]
    [Differentiable]
    public static double InsertionSort(ReadOnlySpan<double> x)
    {
        double[] a = x.ToArray();
        for (int i = 1; i < a.Length; i++)
        {
            double key = a[i];
            int j = i - 1;
            while (j >= 0 && a[j] > key)
            {
                a[j + 1] = a[j];
                j--;
            }

            a[j + 1] = key;
        }

        double s = 0;
        for (int i = 0; i < a.Length; i++) s += a[i] * a[i] * (i + 1);
        return s;
    }

    //? bubble sort with an early stop
    //? x = [0.5, 1.5, -0.3, 0.8, 0.1]
    [Differentiable]
    public static double BubbleSort(double[] x)
    {
        double[] a = (double[])x.Clone();
        bool swapped;
        do
        {
            swapped = false;
            for (int i = 0; i + 1 < a.Length; i++)
                if (a[i] > a[i + 1])
                {
                    var t = a[i];
                    a[i] = a[i + 1];
                    a[i + 1] = t;
                    swapped = true;
                }
        }
        while (swapped);
        return a[0] * a[1] + a[^1] * a[^2];
    }

    //? quicksort, recursive over slices
    //? x = [0.5, 1.5, -0.3, 0.8, 0.1, 0.9, -2]
    [Differentiable]
    public static double QuickSort(ReadOnlySpan<double> x)
    {
        Span<double> a = stackalloc double[x.Length];
        x.CopyTo(a);
        Quick(a);
        double s = 0;
        for (int i = 0; i < a.Length; i++) s = s * 0.7 + a[i] * a[i] * (i + 1);
        return s;
    }

    //? a weighted histogram, scattered and gathered
    //? w = [0.5, 1.5, -0.3, 0.8], bin = [0, 2, 0, 1]
    [Differentiable]
    public static double Histogram(ReadOnlySpan<double> w, ReadOnlySpan<int> bin)
    {
        double[] h = new double[3];
        int[] count = new int[3];
        for (int i = 0; i < w.Length; i++)
        {
            h[bin[i]] += w[i] * w[i];
            count[bin[i]]++;
        }

        double s = 0;
        for (int k = 0; k < h.Length; k++)
            if (count[k] > 0)
            {
                double m = h[k] / count[k];
                s += m * m;
            }

        for (int i = 0; i < w.Length; i++) s += h[bin[i]] * w[i];
        return s;
    }

    private static void Reverse(Span<double> a)
    {
        for (int i = 0, j = a.Length - 1; i < j; i++, j--)
        {
            double t = a[i];
            a[i] = a[j];
            a[j] = t;
        }
    }

    private static void CompareSwap(Span<double> a, int i, int j)
    {
        if (a[i] > a[j]) (a[i], a[j]) = (a[j], a[i]);
    }

    private static void Quick(Span<double> a)
    {
        if (a.Length < 2) return;
        double pivot = a[a.Length / 2];
        int i = 0, j = a.Length - 1;
        while (i <= j)
        {
            while (a[i] < pivot) i++;
            while (a[j] > pivot) j--;
            if (i <= j)
            {
                (a[i], a[j]) = (a[j], a[i]);
                i++;
                j--;
            }
        }

        Quick(a[..(j + 1)]);
        Quick(a[i..]);
    }
}
