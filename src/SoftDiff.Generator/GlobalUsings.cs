// Names that nearly every file uses. What each folder may use is tested by ArchitectureTests.
global using System.Collections.Immutable;
global using SoftDiff.Generator.IR;
