import { DatePicker } from 'antd';
import dayjs from 'dayjs';

interface Props {
  id?: string;
  value?: string;
  onChange?(value: string | undefined): void;
}

/** A day, typed in any usual way (20260405, 2026/4/5, 2026.04.05) or picked. Its value is YYYY-MM-DD. */
export function DateField({ value, onChange, ...rest }: Props) {
  return (
    <DatePicker
      {...rest}
      className="wide"
      format={['YYYY-MM-DD', 'YYYYMMDD', 'YYYY/M/D', 'YYYY-M-D', 'YYYY.M.D', 'YYYY年M月D日']}
      value={value ? dayjs(value) : null}
      onChange={(day) => onChange?.(day?.format('YYYY-MM-DD'))}
      preserveInvalidOnBlur
    />
  );
}
