namespace SoftDiff.Runtime.Tests.Operators;

public static class MapOperators
{
    public static MapOperator<double> Sigmoid { get; } = new("Sigmoid", Soft.Sigmoid, Soft.SigmoidBackward, Soft.SigmoidTangent);

    public static MapOperator<double> Softplus { get; } = new("Softplus", Soft.Softplus, Soft.SoftplusBackward, Soft.SoftplusTangent);

    public static MapOperator<double> Softmax { get; } = new("Softmax", Soft.Softmax, Soft.SoftmaxBackward, Soft.SoftmaxTangent);

    public static MapOperator<double> LogSoftmax { get; } = new("LogSoftmax", Soft.LogSoftmax, Soft.LogSoftmaxBackward, Soft.LogSoftmaxTangent);

    public static MapOperator<float> SingleSigmoid { get; } = new("Sigmoid", Soft.Sigmoid, Soft.SigmoidBackward, Soft.SigmoidTangent);

    public static MapOperator<float> SingleSoftplus { get; } = new("Softplus", Soft.Softplus, Soft.SoftplusBackward, Soft.SoftplusTangent);

    public static MapOperator<float> SingleSoftmax { get; } = new("Softmax", Soft.Softmax, Soft.SoftmaxBackward, Soft.SoftmaxTangent);

    public static MapOperator<float> SingleLogSoftmax { get; } = new("LogSoftmax", Soft.LogSoftmax, Soft.LogSoftmaxBackward, Soft.LogSoftmaxTangent);

    public static TheoryData<MapOperator<double>, MapOperator<float>> All => new()
    {
        { Sigmoid, SingleSigmoid }, { Softplus, SingleSoftplus }, { Softmax, SingleSoftmax }, { LogSoftmax, SingleLogSoftmax },
    };
}
