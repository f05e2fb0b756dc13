namespace SoftDiff;

/// <summary>How a Jacobian is computed.</summary>
public enum DiffMode
{
    /// <summary>By the mode that runs the method less often.</summary>
    Auto,

    /// <summary>By one Jacobian–vector product for each column.</summary>
    Forward,

    /// <summary>By one vector–Jacobian product for each row.</summary>
    Reverse,
}
