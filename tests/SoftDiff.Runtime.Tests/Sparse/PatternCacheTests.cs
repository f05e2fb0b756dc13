namespace SoftDiff.Runtime.Tests.Sparse;

public class PatternCacheTests
{
    private readonly PatternCache _cache = new();
    private int _found;

    [Fact]
    public void A_pattern_is_found_again_only_for_other_arguments()
    {
        Call(3, [1, 2], true);
        Call(3, [1, 2], true);
        Assert.Equal(1, _found);
        Call(3, [1, 3], true);
        Call(3, [1], true);
        Call(3, [1, 3], true);
        Call(4, [1, 3], true);
        Call(4, [1, 3], false);
        Call(4, [], false);
        Assert.Equal(7, _found);
        Call(4, [], false);
        Assert.Equal(7, _found);
    }

    [Fact]
    public void What_one_array_ends_with_is_not_what_the_next_starts_with()
    {
        Pair([1, 2], [3]);
        Pair([1], [2, 3]);
        Pair([1, 2, 3], []);
        Assert.Equal(3, _found);
    }

    [Fact]
    public void A_call_like_the_last_one_allocates_nothing()
    {
        var index = Enumerable.Range(0, 1000).ToArray();
        Allocations.AssertNone(() => Call(5, index, true));
    }

    private void Call(int length, int[] index, bool flag)
    {
        var key = _cache.Begin();
        key.Add(length);
        key.AddAll<int>(index);
        key.Add(flag);
        Find(in key);
    }

    private void Pair(int[] first, int[] second)
    {
        var key = _cache.Begin();
        key.AddAll<int>(first);
        key.AddAll<int>(second);
        Find(in key);
    }

    private void Find(in PatternKey key)
    {
        if (_cache.Find(in key) is not null) return;
        _found++;
        SparsePattern pattern = new(1, [0], [], DiffMode.Auto);
        Assert.Same(pattern, _cache.Keep(in key, pattern));
    }
}
