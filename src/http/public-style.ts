/** The public pages' one stylesheet, on a phone as on paper; fonts are the reader's own. */
export const PUBLIC_STYLE = `
* { box-sizing: border-box; }
body { margin: 0; color: #1d2733; background: #f5f6f8; font: 15px/1.7 system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif; }
a { color: #1b5a86; }
header { display: flex; flex-wrap: wrap; gap: 4px 20px; align-items: center; padding: 10px 20px; background: #fff; border-bottom: 1px solid #e4e7eb; }
header strong { color: #1d4e6f; font-size: 17px; }
main { max-width: 920px; margin: 0 auto; padding: 20px; }
h1 { font-size: 22px; margin: 8px 0 12px; }
h2 { font-size: 17px; margin: 28px 0 8px; }
section + form, section + section { margin-top: 16px; }
section, form { background: #fff; border: 1px solid #e4e7eb; border-radius: 4px; padding: 16px 20px; }
.good { border-left: 4px solid #2f7d4f; }
.bad { border-left: 4px solid #b42318; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 6px 20px; margin: 12px 0 0; }
dt { color: #5c6b7a; }
dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
label { display: block; margin-bottom: 4px; }
input { font: inherit; padding: 6px 10px; width: 100%; max-width: 420px; border: 1px solid #b8c1cb; border-radius: 4px; }
button { margin-top: 10px; font: inherit; padding: 6px 20px; border: 0; border-radius: 4px; background: #1d4e6f; color: #fff; cursor: pointer; }
table { width: 100%; border-collapse: collapse; background: #fff; }
th, td { text-align: left; vertical-align: top; padding: 6px 10px; border: 1px solid #e4e7eb; }
th { background: #f3f5f7; font-weight: 600; }
.sample { display: inline-block; padding: 0 6px; border: 1px solid #c9a227; border-radius: 3px; color: #7a5b00; font-size: 12px; }
.plain { border-left: 4px solid #8a97a5; }
.amount { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.no { text-align: center; white-space: nowrap; font-variant-numeric: tabular-nums; }
.first { margin-top: 0; }
tfoot td { font-weight: 600; background: #f3f5f7; }
footer { max-width: 920px; margin: 0 auto; padding: 20px; color: #5c6b7a; font-size: 13px; }
@media (max-width: 560px) { dl { grid-template-columns: 1fr; gap: 0; } dt { margin-top: 8px; } .wide { overflow-x: auto; } main { padding: 16px 12px; } .list { font-size: 13px; } .list th, .list td { padding: 5px 6px; } }
@media print { header, form, footer, .away { display: none; } body { background: #fff; font-size: 11pt; } main { max-width: none; padding: 0; } h1 { text-align: center; } h2 { break-after: avoid; } th, td { padding: 3px 6px; } thead { display: table-header-group; } tfoot { display: table-row-group; } tr, section { break-inside: avoid; } a { color: inherit; text-decoration: none; } }
`;
