import { Button, DatePicker, Popover, Space } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { addMonths } from '../../calendar/local-date.ts';
import { send } from '../api.ts';
import { useSubmit } from '../login/useSubmit.ts';
import { ProblemAlert } from '../parts/Problem.tsx';
import { may, useMe } from '../session.ts';

/** In the demonstration: moves the business day on, e.g. to when a report is due or a month can be settled. */
export function MoveDay() {
  const me = useMe();
  const [open, setOpen] = useState(false);
  const move = useSubmit(async (day: string) => {
    const headers = { 'content-type': 'application/json' };
    await send('/api/v1/demonstration/day', { method: 'POST', headers, body: JSON.stringify({ day }) });
    window.location.reload();
  });
  if (!me.demonstration || !may(me, 'demonstration.move')) return null;
  const next = addMonths(me.today, 1).slice(0, 7);
  const choices = [`${next}-01`, `${next}-05`, `${next}-10`];
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      title="把业务日期推进到"
      content={
        <Space orientation="vertical">
          <ProblemAlert error={move.error} />
          <Space wrap>
            {choices.map((day) => (
              <Button key={day} loading={move.busy} onClick={() => move.submit(day)}>
                {day}
              </Button>
            ))}
          </Space>
          <DatePicker
            aria-label="其他日期"
            placeholder="其他日期"
            minDate={dayjs(me.today).add(1, 'day')}
            onChange={(day) => day && move.submit(day.format('YYYY-MM-DD'))}
          />
          <span>只能往后推。次月 1 日起可以结算上月，5 日前后银行报送余额，10 日自动结算。</span>
        </Space>
      }
    >
      <Button size="small">推进业务日期</Button>
    </Popover>
  );
}
