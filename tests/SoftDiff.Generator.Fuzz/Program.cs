using SoftDiff.Generator.Fuzz;

return CommandLine.Run(args, Console.Out);
