import { Button, InputNumber, Space } from 'antd'
import { useState } from 'react'
import { useT } from '@/i18n/useT'
import { type Spoken, spokenAmount } from './spoken'
import './fields.css'

interface MoneyBoxProps {
  id?: string | undefined
  /** In 分. */
  value: number | undefined
  onChange: (fen: number | undefined) => void
  /** Typed in 万元 instead of 元. */
  wan?: boolean
  /** Takes what is right only; without it, wrong amounts are kept for others to refuse. */
  strict?: boolean
}

/** Where an amount is typed in the unit beside it. Another unit is asked about, and nothing is taken. */
export function MoneyBox({ id, value, onChange, wan = false, strict = false }: MoneyBoxProps) {
  const t = useT()
  const [asked, setAsked] = useState<Spoken>()
  const per = wan ? 1_000_000 : 100
  const foreign = (text: string) => {
    const said = spokenAmount(text)
    return said && said.per !== per ? said : undefined
  }
  const settle = (fen: number) => {
    setAsked(undefined)
    onChange(fen)
  }
  return (
    <>
      <Space.Compact block>
        <InputNumber<number | string>
          {...(id && { id })}
          {...(strict && { min: 0, precision: 2 })}
          className="qf-wide"
          inputMode="decimal"
          value={value === undefined ? null : value / per}
          parser={(text = '') => (foreign(text) ? '' : text.replace(/[^\w.-]+/g, ''))}
          onInput={(text) => setAsked((now) => foreign(text) ?? (text === '' ? now : undefined))}
          onChange={(typed) => onChange(typed === null ? undefined : times(Number(typed), per))}
        />
        <Space.Addon>{wan ? t('万元', '10,000 yuan') : t('元', 'yuan')}</Space.Addon>
      </Space.Compact>
      {asked && <UnitQuestion said={asked} wan={wan} per={per} onSettle={settle} />}
    </>
  )
}

/** A product without what binary fractions add to it (8.07 × 100). */
function times(typed: number, per: number): number {
  return Math.round(typed * per * 1000) / 1000
}

interface UnitQuestionProps {
  said: Spoken
  wan: boolean
  per: number
  onSettle: (fen: number) => void
}

/** Both readings of an amount in another unit, to choose from. */
function UnitQuestion({ said, wan, per, onSettle }: UnitQuestionProps) {
  const t = useT()
  const here = wan ? '万元' : '元'
  const written = `${said.number} ${said.unit}`
  const meant = times(said.number, said.per)
  return (
    <div role="alert" className="qf-unit-question">
      <span>
        {t(
          `此处单位是${here}，写的却是“${written}”，是哪一个？`,
          `Amounts are in ${here} here and this one says “${written}”. Which is it?`,
        )}
      </span>
      <Space wrap>
        <Button size="small" onClick={() => onSettle(meant)}>
          {`${written}（${meant / per} ${here}）`}
        </Button>
        <Button size="small" onClick={() => onSettle(times(said.number, per))}>
          {`${said.number} ${here}`}
        </Button>
      </Space>
    </div>
  )
}
