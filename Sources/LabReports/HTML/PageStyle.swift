// SPDX-License-Identifier: Apache-2.0

/// The style sheet of all pages: light and dark, from the width of a phone on, and on paper.
enum PageStyle {
  /// The text within `style`.
  static let css = """
    :root { color-scheme: light dark;
      --back: #fcfcfd; --card: #fff; --text: #1c2024; --quiet: #5c636b; --line: #d9dde2; --accent: #0b5cad; --shade: #f1f3f5;
      --pass: #14713a; --fail: #b3261e; --error: #7a3e9d; --skip: #5c636b; --note: #8a5a00; --noteback: #fff6e0; --mark: #fff0b3;
      --data: #0b5cad; --mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace }
    @media (prefers-color-scheme: dark) { :root {
      --back: #131519; --card: #1b1e23; --text: #e4e7eb; --quiet: #9aa3ad; --line: #343a42; --accent: #7ab8ff; --shade: #23272d;
      --pass: #6fd394; --fail: #ff8a80; --error: #d5a3f0; --skip: #9aa3ad; --note: #f0c36d; --noteback: #2c2617; --mark: #3d340f;
      --data: #7ab8ff } }
    * { box-sizing: border-box }
    body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; overflow-wrap: break-word }
    main { max-width: 72rem; margin: 0 auto; padding: 1rem }
    h1, h2, h3, h4, p, dl, figure, ol, ul { margin: 0 }
    h1 { font-size: 1.6rem; line-height: 1.25; overflow-wrap: anywhere }
    h2 { font-size: 1.15rem; margin: 1.75rem 0 .5rem }
    h3 { font-size: 1.05rem; margin-bottom: .6rem; overflow-wrap: anywhere }
    h4 { font-size: .85rem; color: var(--quiet); margin: .9rem 0 .25rem; font-weight: 600 }
    a { color: var(--accent) }
    .over, .quiet { color: var(--quiet) }
    .quiet { font-size: .875rem }
    .verdict { font-size: 1.1rem; margin-top: .3rem }
    .mark { font-weight: 600; white-space: nowrap }
    .mark.pass { color: var(--pass) } .mark.fail { color: var(--fail) } .mark.error { color: var(--error) }
    .mark.skipped, .mark.missing { color: var(--skip) }
    .facts { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin-top: .75rem; font-size: .875rem }
    .facts div { display: flex; gap: .4rem; min-width: 0 } .facts dt { color: var(--quiet); flex: none }
    dd { margin: 0; min-width: 0; overflow-wrap: anywhere }
    table { border-collapse: collapse; width: 100% }
    th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top }
    thead th { font-size: .8rem; color: var(--quiet); font-weight: 600; border-bottom-width: 2px }
    tbody th { font-weight: 400; overflow-wrap: anywhere } tbody th small { display: block; color: var(--quiet) }
    tfoot th, tfoot td { font-weight: 600; border-bottom: 0 }
    .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
    .scroll { overflow-x: auto; max-width: 100%; position: relative }
    .card { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--skip); border-radius: 6px; padding: .9rem 1rem; margin: 1rem 0 }
    .card.fail { border-left-color: var(--fail) } .card.error { border-left-color: var(--error) }
    .card h2 { margin-top: 0 }
    .columns { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 1rem 2rem }
    .columns > * { min-width: 0 }
    .card dl { display: grid; grid-template-columns: 5.5rem minmax(0, 1fr); gap: .25rem .5rem } .card dt { color: var(--quiet) }
    .hint { background: var(--noteback); border-left: 3px solid var(--note); padding: .5rem .75rem; margin-top: .75rem; border-radius: 0 4px 4px 0; overflow-wrap: anywhere }
    .hint strong { color: var(--note) }
    .evidence { list-style: none; padding: 0; font-size: .8rem } .evidence li { display: flex; gap: .6rem; padding: .1rem 0 }
    .evidence span { min-width: 2.5rem; text-align: right; flex: none }
    code, pre { font-family: var(--mono); font-size: .8rem; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; min-width: 0 }
    pre.log { background: var(--shade); padding: .75rem; border-radius: 4px; margin-top: .5rem; max-height: 40rem; overflow-y: auto }
    figcaption { font-size: .75rem; color: var(--quiet); margin-top: .25rem }
    details { border-bottom: 1px solid var(--line); padding: .3rem 0 } summary { cursor: pointer; overflow-wrap: anywhere } details figure { padding: .5rem 0 }
    .chart { display: block; font: 11px var(--mono) }
    .chart text { fill: var(--text) } .chart line { stroke: var(--quiet) } .chart .life { stroke: var(--line); stroke-width: 2 }
    .chart .name { font-weight: 700; font-size: 12px } .chart .time, .chart .gap { fill: var(--quiet); font-size: 10px }
    .chart .note { fill: var(--note); font-size: 10px } .chart .head { fill: var(--quiet) } .chart .lost { stroke: var(--fail); stroke-width: 2; fill: none }
    .chart .data line, .chart .data .lost { stroke: var(--data) } .chart .data .head { fill: var(--data) }
    .chart .bare text { fill: var(--quiet) } .chart .bare line { stroke-dasharray: 2 3 }
    .chart .reset line { stroke: var(--fail) } .chart .reset .head, .chart .reset text:not(.time) { fill: var(--fail) }
    .chart .again line { stroke-dasharray: 6 3 }
    .chart .evidence text:not(.time) { font-weight: 700; text-decoration: underline }
    .chart .failure line { stroke: var(--fail); stroke-width: 2; stroke-dasharray: 4 3 } .chart .failure text { fill: var(--fail); font-weight: 700 }
    .chart a:hover line, .chart a:focus line { stroke-width: 2.5 }
    .sources { font-size: .875rem; margin: .5rem 0; display: flex; flex-wrap: wrap; gap: .25rem 1rem } .sources label { white-space: nowrap }
    .transcript ol { list-style: none; padding: 0; border: 1px solid var(--line); border-radius: 6px; background: var(--card); font-size: .8rem; overflow: hidden }
    .transcript li { display: grid; grid-template-columns: 3.6rem 4.6rem 4.2rem minmax(0, 1fr); gap: .5rem; padding: .05rem .5rem; border-left: 3px solid transparent }
    .transcript li > a { color: var(--quiet); text-align: right; text-decoration: none } .transcript li > span { text-align: right; color: var(--quiet); font-variant-numeric: tabular-nums }
    .transcript li > b { font-weight: 400; color: var(--quiet); overflow: hidden; text-overflow: ellipsis }
    .transcript .uart { background: var(--shade); border-left-color: var(--line) } .transcript .peer b { color: var(--data) } .transcript .lab code { font-weight: 700 }
    .transcript .mark { background: var(--mark); border-left-color: var(--fail); font-weight: inherit; white-space: normal } .transcript li:target { outline: 2px solid var(--accent); outline-offset: -2px }
    .transcript .omitted { display: block; color: var(--quiet); text-align: center; padding: .3rem; background: var(--shade) }
    .transcript:has(#show-uart:not(:checked)) li.uart, .transcript:has(#show-wire:not(:checked)) li.wire,
    .transcript:has(#show-peer:not(:checked)) li.peer, .transcript:has(#show-lab:not(:checked)) li.lab { display: none }
    .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: .75rem; margin: 1rem 0 }
    .tiles div { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .8rem }
    .tiles dt { font-size: .8rem; color: var(--quiet) } .tiles dd { font-size: 1.4rem; font-weight: 600; font-variant-numeric: tabular-nums }
    .bar { display: block; max-width: 100% } .bar .pass { fill: var(--pass) } .bar .fail { fill: var(--fail) } .bar .skipped { fill: var(--line) }
    .two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 0 2.5rem }
    .list { padding-left: 1.1rem } .list li { margin: .25rem 0; overflow-wrap: anywhere }
    .tools { display: flex; flex-wrap: wrap; gap: .5rem 1rem; margin: .5rem 0 } .tools[hidden] { display: none }
    input[type=search], select { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 4px; padding: .3rem .5rem; max-width: 100% }
    #students td, #students th { padding: .3rem .45rem } #students .c { text-align: center } #students thead th { vertical-align: bottom }
    #students tbody th { min-width: 9rem }
    th button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; text-align: inherit } th button::after { content: " ↕"; opacity: .5 }
    th[aria-sort=ascending] button::after { content: " ↑"; opacity: 1 } th[aria-sort=descending] button::after { content: " ↓"; opacity: 1 }
    .aside { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
    @media (max-width: 52rem) { .columns { grid-template-columns: minmax(0, 1fr) } }
    @media (max-width: 34rem) { main { padding: .75rem } th, td { padding: .35rem .35rem } .checks .time { display: none } .card { padding: .75rem }
      .transcript li { grid-template-columns: 2.6rem 3.6rem 2.9rem minmax(0, 1fr); gap: .35rem; padding: .05rem .3rem; font-size: .72rem } .transcript code { font-size: .72rem } }
    @media print { :root { color-scheme: light; --back: #fff; --card: #fff; --text: #000; --quiet: #444; --line: #bbb; --accent: #000; --shade: #f3f3f3;
      --pass: #0c5a2c; --fail: #9c1c15; --error: #5c2a7a; --skip: #444; --note: #6b4600; --noteback: #fff; --mark: #fff0b3; --data: #0b4a8c }
      body { font-size: 10.5pt } main { max-width: none; padding: 0 } .sources, .tools, .folded { display: none }
      tr, .transcript li { break-inside: avoid } h2, h3 { break-after: avoid } .transcript li:not(.near) { display: none } pre.log { max-height: none }
      .transcript code, .transcript li { font-size: 7.5pt } .scroll { overflow: visible }
      .chart { width: auto; height: auto; max-width: 100%; max-height: 18cm } figure { break-inside: avoid } figcaption { break-before: avoid }
      th button { display: contents } th button::after { content: none !important } }
    """
}
