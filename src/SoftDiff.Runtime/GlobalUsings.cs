// Names that many files use.
global using System.Numerics;
global using System.Runtime.CompilerServices;
