using System.ComponentModel;

namespace SoftDiff;

/// <summary>Says which states a loop keeps whose iterations run again in the reverse sweep.</summary>
/// <remarks>
/// With s slots, of which the first holds the state before the first iteration, β(s, r) = (s + r)! / (s! r!) iterations can be reversed so
/// that none runs more than r times before its reverse. (Griewank and Walther, Algorithm 799, ACM TOMS 26, 2000.)
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Checkpoints
{
    /// <summary>The smallest number of slots with which no iteration runs more than twice before its reverse: about √(2 trips).</summary>
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

        // The left part has all slots and r - 1 runs at most, the right part one slot less: at least β(s, r - 2) iterations to the left, and
        // at most β(s - 1, r) to the right.
        var left = r < 2 ? 0 : before * (r - 1) / (slots + r - 1);
        var right = capacity * slots / (slots + r);
        return (int)Math.Max(Math.Max(left, steps - right), 1);
    }
}
