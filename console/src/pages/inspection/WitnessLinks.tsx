import { Typography } from 'antd'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'

/** The links of witnesses, shown this once. */
export function WitnessLinks({ links }: { links: Schemas['InspectionLink'][] }) {
  const t = useT()
  return (
    <>
      <p>
        {t(
          '链接只显示这一次，每条只能交给本人：谁拿到链接，谁就能替他见证。',
          'They are shown this once. Each is for its witness alone: whoever has it can act for them.',
        )}
      </p>
      {links.map(({ witness, token }) => (
        <p key={token}>
          {witness}
          <br />
          <Typography.Text copyable code>{`${location.origin}/w/${token}`}</Typography.Text>
        </p>
      ))}
    </>
  )
}
