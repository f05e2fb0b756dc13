using Digits;

// Two models learn to read handwritten digits. Each is a loss in plain C# with [Differentiable] on it; SoftDiff writes its gradient at build time.

// Another seed holds out other digits, which moves the accuracies by a percent or so either way.
var data = DigitsData.Load(seed: 1);

var regression = new Model(
    "Softmax regression",
    SoftmaxRegression.Loss,
    SoftmaxRegression.LossGrad,
    SoftmaxRegression.Classify,
    Weights: new double[SoftmaxRegression.Parameters],
    Target: 0.95);

var network = new Model(
    "Network 64-32-10",
    Network.Loss,
    Network.LossGrad,
    Network.Classify,
    Weights: Network.Initial(seed: 2),
    Target: 0.965);

bool reached = new Training(Epochs: 100, BatchSize: 32, Rate: 0.01).Run(regression, data);
reached &= new Training(Epochs: 50, BatchSize: 32, Rate: 0.03).Run(network, data);
return reached ? 0 : 1;
