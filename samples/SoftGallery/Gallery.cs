namespace SoftGallery;
internal static class Gallery
{
    public static IReadOnlyList<Section> Sections { get; } =
    [
        new Section("p","Primitives","x", [new Figure("sig","Sigmoid & step","σ(x/s) and the step",-2,2,
          [..new[]{0.05,0.2,0.5}.Select((s,i)=>new Column("s"+i,$"softness {s}",[
             new Curve(Style.Hard,x=>(x>0?1:x<0?0:.5,0)),
             new Curve(Style.Smooth,x=>(SoftDiff.Soft.Sigmoid(x/s),SoftDiff.Soft.Sigmoid(x/s)*(1-SoftDiff.Soft.Sigmoid(x/s))/s)),
             new Curve(Style.C0,x=>(Math.Clamp(.5+x/s/10,0,1),Math.Abs(x/s)<5?1/s/10:0)),
             new Curve(Style.C1,x=>(SoftDiff.Soft.Sigmoid(x/s*1.2),SoftDiff.Soft.Sigmoid(x/s)*(1-SoftDiff.Soft.Sigmoid(x/s))/s*.9)),
          ]))])])
    ];
}
