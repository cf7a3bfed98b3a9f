import { Alert, Button } from 'antd'
import { useUser } from '@/api/session'
import { Logo } from '@/app/Logo'
import { useT } from '@/i18n/useT'
import { usePageTitle } from '@/parts/usePageTitle'
import { changeSettings } from '@/settings/settings'
import { useSettings } from '@/settings/useSettings'
import { placeOf } from '@/url/address'
import { single } from '@/url/params'
import { Redirect } from '@/url/Redirect'
import { useUrlParams } from '@/url/useUrlParams'
import { LoginForm } from './LoginForm'
import './login.css'

/** Signing in; afterwards the person is back on the page that asked for it. */
export function LoginPage() {
  const t = useT()
  usePageTitle(t('登录', 'Sign in'))
  const { language } = useSettings()
  const [params] = useUrlParams()
  const user = useUser()
  const back = placeOf(single(params.return) ?? '') ?? { to: '/', search: {} }
  if (user) return <Redirect {...back} />
  const interrupted = back.to !== '/'
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
        {interrupted && (
          <Alert
            type="info"
            showIcon
            title={t(
              '请登录后继续，您会回到原来的页面，没有提交的内容还在。',
              'Please sign in to go on. You will be back where you were, with your unsent input.',
            )}
          />
        )}
        <LoginForm />
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
