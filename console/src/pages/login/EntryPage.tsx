import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Logo } from '@/app/Logo'
import { useT } from '@/i18n/useT'
import { usePageTitle } from '@/parts/usePageTitle'
import { changeSettings } from '@/settings/settings'
import { useSettings } from '@/settings/useSettings'
import './login.css'

interface EntryPageProps {
  /** The title of the browser tab. */
  title: string
  children: ReactNode
}

/** The frame of what stands before the console: one card with the name of the program. */
export function EntryPage({ title, children }: EntryPageProps) {
  const t = useT()
  const { language } = useSettings()
  usePageTitle(title)
  return (
    <div className="qf-login">
      <Button
        type="text"
        className="qf-login-language"
        onClick={() => changeSettings({ language: language === 'zh' ? 'en' : 'zh' })}
      >
        {language === 'zh' ? 'English' : '中文'}
      </Button>
      <main className="qf-login-card">
        <div className="qf-login-brand">
          <Logo size={44} />
          <div>
            <h1>{t('清风', 'Qingfeng')}</h1>
            <p>{t('医疗卫生行风诉求办理平台', 'Complaints and conduct in health care')}</p>
          </div>
        </div>
        {children}
      </main>
      <p className="qf-login-foot">
        {t(
          '仅限授权工作人员使用，登录和操作都会留下记录。',
          'For authorised staff only. Signing in and every action are recorded.',
        )}
      </p>
    </div>
  )
}
