using System.ComponentModel;

namespace SoftDiff;

/// <summary>Says which states a loop keeps whose iterations run again in the reverse sweep.</summary>
/// <remarks>
/// The first of s slots holds the state before the first iteration. With them β(s, r) = (s + r)! / (s! r!) iterations can be reversed, and none
/// runs more than r times before its reverse. The last few are an exception: the first sweep runs to the end. Source: Griewank and Walther,
/// Algorithm 799, ACM TOMS 26 (2000).
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Checkpoints
{
    /// <summary>The smallest number of slots s with β(s, 2) not less than the number of iterations: about √(2 trips).</summary>
    /// <param name="trips">The number of iterations.</param>
    /// <returns>The number of slots, at least 1.</returns>
    public static int Slots(int trips)
    {
        var slots = Math.Max((long)Math.Sqrt(2.0 * trips) - 2, 1);
        while ((slots + 1) * (slots + 2) / 2 < trips) slots++;
        return (int)slots;
    }

    /// <summary>
    /// How many iterations to run from a state that is kept to the next one to keep, such that the sum of all runs is smallest.
    /// </summary>
    /// <param name="steps">How many iterations are to be reversed from the state on, at least 1.</param>
    /// <param name="free">How many slots are free.</param>
    /// <returns>The number of iterations; all of them if no further state is to be kept.</returns>
    public static int Advance(int steps, int free)
    {
        if (free <= 0 || steps <= 1) return steps;
        // Counting the state itself, there are free + 1 slots. β is computed for the smallest r for which it is not less than steps.
        long slots = free + 1L, before = 1, capacity = slots + 1;
        long r = 1;
        while (capacity < steps)
        {
            r++;
            before = capacity;
            capacity = capacity * (slots + r) / r;
        }

        // The left part has all slots and r - 1 runs at most, so it gets at least β(s, r - 2) iterations. The right part has one slot less, so it
        // gets at most β(s - 1, r).
        var left = before * (r - 1) / (slots + r - 1);
        var right = capacity - before;
        return (int)Math.Max(Math.Max(left, steps - right), 1);
    }
}
