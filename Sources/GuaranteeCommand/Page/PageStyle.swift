/// How a page looks, and nothing that is said.
enum PageStyle {
  /// Colours that are told apart with little colour vision too, and hatchings for those who see none.
  static let sheet: StaticString = """
    <style>
    :root { --ink: #1c2330; --paper: #fff; --soft: #5b6472; --rule: #d5dae1; --c0: #2f6db5; --c1: #d9822b; --c2: #3a9a6b;
      --c3: #8e5bb0; --c4: #b7483f; --c5: #2a9da8; --c6: #9a8424; --c7: #c25b93; --c8: #6b7785; color-scheme: light dark }
    @media (prefers-color-scheme: dark) { :root { --ink: #e7eaf0; --paper: #14181f; --soft: #a0a9b8; --rule: #39414e;
      --c0: #6aa5e8; --c1: #eba55f; --c2: #6cc79a; --c3: #bd93da; --c4: #e38077; --c5: #67c8d2; --c6: #cdb858; --c7: #e391bd; --c8: #a3aebb } }
    * { box-sizing: border-box }
    body { margin: 0 auto; padding: 1.5rem 1rem; max-width: 60rem; background: var(--paper); color: var(--ink);
      font: 1rem/1.45 system-ui, "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif }
    h1 { margin: 0; font-size: 1.6rem } header p { margin: .2rem 0 0; color: var(--soft) }
    h2 { margin: 2.2rem 0 .8rem; padding-top: .8rem; border-top: 1px solid var(--rule); font-size: 1.15rem }
    .bar { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; margin: .45rem 0; font-size: .9rem }
    .bar .label { overflow-wrap: anywhere } .bar b { font-variant-numeric: tabular-nums; font-weight: 600 }
    .bar svg { grid-column: 1 / -1; width: 100%; height: .85rem }
    .lines { display: block; width: 100%; height: 14rem; border-bottom: 1px solid var(--soft); overflow: visible }
    .lines *, .swatch polyline { fill: none; vector-effect: non-scaling-stroke; stroke-width: 2 }
    .grid { stroke: var(--rule); stroke-width: 1 } .axis { display: flex; justify-content: space-between }
    .axis, .most, .legend { color: var(--soft); font-size: .85rem } .most { margin-bottom: .2rem }
    .legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin-bottom: .6rem }
    .swatch { width: .8rem; height: .8rem; vertical-align: -.05rem } .swatch.wide { width: 2rem; height: .4rem; vertical-align: .2rem }
    .line0 { stroke: var(--c1); stroke-dasharray: 7 4 } .line1 { stroke: var(--c0) } .line2 { stroke: var(--c2); stroke-dasharray: 2 3 }
    .part0 { fill: var(--c0) } .part1 { fill: var(--c1) } .part2 { fill: var(--c2) } .part3 { fill: var(--c3) } .part4 { fill: var(--c4) }
    .part5 { fill: var(--c5) } .part6 { fill: var(--c6) } .part7 { fill: var(--c7) } .part8 { fill: var(--c8) }
    .hatch0, .hatch3, .hatch6 { fill: none } .hatch1, .hatch4, .hatch7 { fill: url(#rising) } .hatch2, .hatch5, .hatch8 { fill: url(#upright) }
    .limit { fill: var(--ink) }
    .table { overflow-x: auto; margin: 1rem 0 } table { width: 100%; border-collapse: collapse; font-size: .88rem }
    caption { padding: .2rem 0; text-align: left; color: var(--soft) } th, td { padding: .25rem .5rem; text-align: left; white-space: nowrap }
    thead th { border-bottom: 1px solid var(--soft) } tbody tr + tr > * { border-top: 1px solid var(--rule) } tbody th { font-weight: 500 }
    .number { text-align: right; font-variant-numeric: tabular-nums } .table p { margin: .3rem .5rem; color: var(--soft); font-size: .85rem }
    @page { size: A4; margin: 16mm }
    @media print { :root { --ink: #000; --paper: #fff; --soft: #444; --rule: #bbb; color-scheme: light }
      body { max-width: none; padding: 0; font-size: 9.5pt } * { print-color-adjust: exact; -webkit-print-color-adjust: exact }
      h2 { break-after: avoid } .bar, tr, .lines { break-inside: avoid } .table { overflow: visible } th, td { white-space: normal } }
    </style>
    """

  static let hatchings: StaticString = """
    <svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>
    <pattern id="rising" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2" height="6" fill="#fff" fill-opacity=".55"/></pattern>
    <pattern id="upright" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="1.5" height="5" fill="#fff" fill-opacity=".55"/></pattern>
    </defs></svg>
    """
}
