namespace SoftDiff;

/// <summary>The places of a sparse pattern, line by line: for each row its columns, or, transposed, for each column its rows.</summary>
/// <param name="Pointers">Where each line starts in <paramref name="Places"/>, and the number of places at the end.</param>
/// <param name="Places">The places of all lines.</param>
internal readonly record struct IncidenceTable(int[] Pointers, int[] Places)
{
    public int Lines => Pointers.Length - 1;

    public ReadOnlySpan<int> this[int line] => Places.AsSpan(Pointers[line], Pointers[line + 1] - Pointers[line]);

    /// <summary>The number of places of the longest line.</summary>
    public int Longest
    {
        get
        {
            var longest = 0;
            for (var i = 0; i < Lines; i++) longest = Math.Max(longest, Pointers[i + 1] - Pointers[i]);
            return longest;
        }
    }

    /// <summary>The lines across.</summary>
    /// <param name="lines">How many there are.</param>
    /// <returns>For each place that occurs, the lines that it occurs in, in ascending order.</returns>
    public IncidenceTable Transposed(int lines)
    {
        var pointers = new int[lines + 1];
        foreach (var place in Places) pointers[place + 1]++;
        for (var i = 0; i < lines; i++) pointers[i + 1] += pointers[i];
        var (next, places) = (pointers.AsSpan().ToArray(), new int[Places.Length]);
        for (var i = 0; i < Lines; i++)
        {
            foreach (var place in this[i]) places[next[place]++] = i;
        }

        return new IncidenceTable(pointers, places);
    }

    /// <summary>
    /// Colours the places so that no line has one colour twice: each place, in their order, gets the first colour that no place beside it
    /// has (Curtis, Powell and Reid 1974). A band of width k needs k colours. If each line has one place of several blocks, a block of
    /// width k adds k colours, however many such blocks there are.
    /// </summary>
    /// <param name="across">The table transposed.</param>
    /// <returns>The colour of each place, −1 for a place that no line has, and the number of colours.</returns>
    public (int[] Colors, int Count) Color(IncidenceTable across)
    {
        var (colors, count) = (new int[across.Lines], 0);
        Array.Fill(colors, -1);
        var taken = new int[Math.Max(across.Lines, 1)];
        for (var place = 0; place < across.Lines; place++)
        {
            if (across[place].IsEmpty) continue;
            foreach (var line in across[place])
            {
                foreach (var other in this[line])
                {
                    if (colors[other] >= 0) taken[colors[other]] = place + 1;
                }
            }

            var color = 0;
            while (taken[color] == place + 1) color++;
            colors[place] = color;
            count = Math.Max(count, color + 1);
        }

        return (colors, count);
    }
}
