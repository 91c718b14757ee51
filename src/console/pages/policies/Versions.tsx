import { SampleMark } from '../../parts/Cites.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { flatten } from './flatten.ts';
import { STATES, type Version } from './types.ts';

/** Versions of a clause side by side, the oldest left; what a version changed of the one before it is marked. */
export function Versions({ versions, unit }: { versions: Version[]; unit: string | null }) {
  const shown = versions
    .filter(({ state }) => state !== 'refused')
    .sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
  const values = shown.map(({ value }) => new Map(flatten(value, unit)));
  const names = [...new Set(values.flatMap((lines) => [...lines.keys()]))];
  const cells: [string, (version: Version) => React.ReactNode][] = [
    ['施行', ({ effectiveFrom }) => effectiveFrom],
    ['有效期至', ({ expiresOn }) => expiresOn ?? '未定'],
    ['规定', ({ text }) => text],
    [
      '依据',
      ({ citation }) => (
        <>
          {citation.document} {citation.article}
          {!citation.confirmed && <SampleMark />}
        </>
      ),
    ],
    ['提出、复核', (version) => peopleOf(version)],
  ];
  return (
    <div className="side-by-side">
      <table>
        <thead>
          <tr>
            <th scope="col">项目</th>
            {shown.map((version) => {
              const [label, tone] = STATES[version.state];
              return (
                <th scope="col" key={keyOf(version)}>
                  <Toned tone={tone}>{label}</Toned> {version.effectiveFrom} 起
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {cells.map(([name, render]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {shown.map((version) => (
                <td key={keyOf(version)}>{render(version)}</td>
              ))}
            </tr>
          ))}
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {shown.map((version, i) => (
                <Value
                  key={keyOf(version)}
                  text={values[i]!.get(name)}
                  before={i > 0 ? values[i - 1]!.get(name) : null}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** `before` null: there is no version before it. */
function Value({ text, before }: { text: string | undefined; before: string | null | undefined }) {
  const changed = before !== null && before !== text;
  return (
    <td className={changed ? 'changed' : undefined}>
      {text ?? '—'}
      {changed && <span className="hint">（原 {before ?? '无'}）</span>}
    </td>
  );
}

const keyOf = ({ id, effectiveFrom }: Version) => id ?? `shipped${effectiveFrom}`;

function peopleOf({ origin, proposedByName, decidedByName, decidedOn }: Version): string {
  if (origin === 'shipped') return '随系统提供';
  return [`${proposedByName ?? '—'} 提出`, decidedOn && `${decidedByName ?? '—'} ${decidedOn} 复核`]
    .filter(Boolean)
    .join('，');
}
