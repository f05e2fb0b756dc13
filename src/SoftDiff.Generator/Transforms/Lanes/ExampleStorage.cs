namespace SoftDiff.Generator.Transforms.Lanes;

/// <summary>
/// The memory of several examples that run at once. An array that each example has for itself exists in two orders: as an array of lanes for
/// statements that run together, and as rows of numbers, one for each example, for statements that run apart. It is moved where the next statement
/// needs the other order. A number that leaves a statement of one kind for one of the other has a place, an array of lanes with one element.
/// </summary>
internal sealed class ExampleStorage
{
    private readonly ScalarType _lane;
    private readonly Value _lanes;
    private readonly BlockBuilder _before;
    private readonly BlockBuilder _block;
    private readonly Dictionary<Value, Copies> _arrays = new();
    private readonly Dictionary<Value, (Value Array, Value Numbers)> _places = new();

    /// <param name="lane">The lane type.</param>
    /// <param name="lanes">The number of lanes.</param>
    /// <param name="before">Receives what is made once.</param>
    /// <param name="block">Receives what is done for each block of examples.</param>
    public ExampleStorage(ScalarType lane, Value lanes, BlockBuilder before, BlockBuilder block) =>
        (_lane, _lanes, _before, _block) = (lane, lanes, before, block);

    private sealed class Copies
    {
        public Value? Lanes { get; set; }

        public Value? Rows { get; set; }

        public Operand Length { get; set; } = null!;

        public bool LanesAreValid { get; set; }

        public bool RowsAreValid { get; set; }
    }

    /// <summary>Makes an array in the orders that are needed.</summary>
    /// <param name="made">The statement that makes it.</param>
    /// <param name="lanes">The array of lanes; null if no statement that runs together uses it.</param>
    /// <param name="needsRows">Whether a statement that runs apart uses it.</param>
    public void Make(Allocate made, Value? lanes, bool needsRows)
    {
        var copies = new Copies { Lanes = lanes, Length = made.Length, LanesAreValid = lanes is not null };
        if (lanes is not null) _block.Add(made with { Result = lanes });
        if (needsRows)
        {
            var type = (ArrayType)made.Result.Type;
            copies.Rows = _block.Values.Fresh(type, made.Result.Name.Length > 0 ? made.Result.Name + "Rows" : "rows");
            var count = _block.Compute(ScalarType.Int32, Opcode.Multiply, made.Length, _lanes);
            _block.Add(new Allocate(copies.Rows, count, made.Cleared && lanes is null) { Line = made.Line });
            copies.RowsAreValid = lanes is null || !made.Cleared;
        }

        _arrays[made.Result] = copies;
    }

    /// <summary>Moves an array to lanes, if its rows have changed.</summary>
    public void NeedLanes(Value array, bool isWritten)
    {
        var copies = _arrays[array];
        if (!copies.LanesAreValid) _block.Add(new RowsToLanes(copies.Rows!, ArrayCode.Int(0), copies.Length, copies.Lanes!));
        copies.LanesAreValid = true;
        if (isWritten) copies.RowsAreValid = false;
    }

    /// <summary>Moves an array to rows, if its lanes have changed.</summary>
    public void NeedRows(Value array, bool isWritten)
    {
        var copies = _arrays[array];
        if (!copies.RowsAreValid) _block.Add(new LanesToRows(copies.Lanes!, copies.Rows!));
        copies.RowsAreValid = true;
        if (isWritten) copies.LanesAreValid = false;
    }

    /// <summary>The rows of all examples, and the distance between them.</summary>
    public (Operand Rows, Operand First, Operand Stride) Rows(Value array) => (_arrays[array].Rows!, ArrayCode.Int(0), _arrays[array].Length);

    /// <summary>The row of one example.</summary>
    public Value Row(Value array, Operand lane, BlockBuilder into)
    {
        var copies = _arrays[array];
        var row = into.Values.Fresh(copies.Rows!.Type, array.Name.Length > 0 ? array.Name + "Row" : "row");
        into.Add(new View(row, copies.Rows, into.Compute(ScalarType.Int32, Opcode.Multiply, lane, copies.Length), copies.Length));
        return row;
    }

    /// <summary>Puts the lanes of a number into its place.</summary>
    public void Put(Value number, Operand lanes) => _block.Add(new Store(Place(number).Array, ArrayCode.Int(0), lanes));

    /// <summary>Takes the lanes of a number from its place.</summary>
    public void Take(Value number, Value lanes) => _block.Add(new Load(lanes, Place(number).Array, ArrayCode.Int(0)));

    /// <summary>Puts the number of one example into its place.</summary>
    public void Put(Value number, Operand lane, Operand value, BlockBuilder into) => into.Add(new Store(Place(number).Numbers, lane, value));

    /// <summary>Takes the number of one example from its place.</summary>
    public Value Take(Value number, Operand lane, BlockBuilder into) => into.Load(Place(number).Numbers, lane, number.Name);

    private (Value Array, Value Numbers) Place(Value number)
    {
        if (_places.TryGetValue(number, out var place)) return place;
        var (name, type) = (number.Name.Length > 0 ? number.Name : "number", (ScalarType)number.Type);
        var numbers = _before.Values.Fresh(new ArrayType(type, ArrayForm.Span), name + "OfLane");
        if (type != _lane.LaneOf)
        {
            _before.Add(new Allocate(numbers, _lanes, Cleared: false));
            return _places[number] = (numbers, numbers);
        }

        var array = _before.Values.Fresh(new ArrayType(_lane, ArrayForm.Span), name + "Lanes");
        _before.Add(new Allocate(array, ArrayCode.Int(1), Cleared: false));
        _before.Add(new LaneNumbers(numbers, array));
        return _places[number] = (array, numbers);
    }
}
