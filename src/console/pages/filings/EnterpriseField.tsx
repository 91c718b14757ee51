import { AutoComplete, Input } from 'antd';
import { useDeferredValue, useState } from 'react';
import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';

interface Props {
  id?: string;
  value?: string;
  onChange?(value: string): void;
}

/** The enterprise by its code or, more easily, by a part of its name. Its value is the code in capitals. */
export function EnterpriseField({ value = '', onChange, ...rest }: Props) {
  const typed = useDeferredValue(value);
  const [open, setOpen] = useState(false);
  const { data } = useAsk(
    ['enterprises', 'found', typed],
    () => ask(api.enterprises.$get({ query: { q: typed, limit: '10' } })),
    { enabled: typed.length >= 2 && typed.length < 18 },
  );
  const options = (data?.items ?? []).map(({ uscc, name, registeredIn }) => ({
    value: uscc,
    label: (
      <>
        {name}　<small>{registeredIn}</small>
        <br />
        <span className="figure">{uscc}</span>
      </>
    ),
  }));
  return (
    <AutoComplete
      {...rest}
      value={value}
      options={value.length < 18 ? options : []}
      // Names that arrive after the field was left must not cover the next ones.
      open={open && value.length < 18 && options.length > 0}
      onOpenChange={setOpen}
      onBlur={() => setOpen(false)}
      onChange={(text: string) => onChange?.(text.normalize('NFKC').replace(/\s/g, '').toUpperCase())}
    >
      <Input className="figure" placeholder="输入代码，或企业名称的一部分" maxLength={40} />
    </AutoComplete>
  );
}
