import { Select, type SelectProps } from 'antd';
import type { SubsidyScheme } from './useSubsidySchemes.ts';

interface Props extends Omit<SelectProps<string | null>, 'options'> {
  schemes: SubsidyScheme[];
}

/** A choice of subsidy schemes; who issued each stands below it, since titles do not say of which region they are. */
export function SchemeSelect({ schemes, ...props }: Props) {
  return (
    <Select<string | null>
      {...props}
      aria-label="补贴政策"
      placeholder="请选择"
      showSearch={{ optionFilterProp: 'search' }}
      notFoundContent="没有现行的补贴政策"
      options={schemes.map(({ code, title, issuers }) => {
        const issued = issuers.join('、');
        return { value: code, label: title, search: `${title}${issued}`, issued };
      })}
      optionRender={({ data }) => (
        <>
          {data.label}
          <div className="hint">{data.issued}</div>
        </>
      )}
    />
  );
}
