package app

import (
	"slices"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/mod/rates"
	"qingfeng/internal/mod/rectify"
	"qingfeng/internal/mod/system"
	"qingfeng/internal/org"
)

type permissions = []authz.Permission

// Roles is the program's list of roles. The first group works at a health
// commission, the second at an institution or agency, the third keeps the
// program and is separated from both.
func Roles() []org.Role {
	look := permissions{org.Read, casework.Read, campaign.Read}
	dispatch := permissions{casework.Triage, casework.Dispatch, casework.Handle, casework.CallBack, casework.Export, casework.Catalogue,
		intake.Enter, intake.Import, intake.ReadCodes, rates.Read}
	work := permissions{casework.Handle, intake.ReadCodes, rates.Read}
	return []org.Role{
		ofCommission("operator", i18n.T("登记员", "Operator"), i18n.T("登记来电来访和12345工单，电话回访", "Enters calls, visits and 12345 orders, calls reporters back"), look, permissions{intake.Enter, intake.Import, casework.CallBack}),
		ofCommission(casework.RoleDispatcher, i18n.T("受理派单员", "Dispatcher"), i18n.T("受理、派单、回访", "Accepts, dispatches, calls back"), look, dispatch),
		ofCommission(casework.RoleSupervisor, i18n.T("督办员", "Supervisor"), i18n.T("审核办理结果，督办，审批申请", "Reviews results, supervises, decides on requests"), look,
			permissions{casework.Review, casework.Supervise, casework.Export, intake.ReadCodes, rates.Read, rectify.Read, rectify.Review}),
		ofCommission("analyst", i18n.T("考核员", "Analyst"), i18n.T("三率考核与月度通报", "Three rates and the monthly pack"), look, permissions{rates.Read, rates.Manage, casework.Export}),
		ofCommission(casework.RoleDirector, i18n.T("委领导", "Director"), i18n.T("查看全局，督办，签发", "Sees everything below, supervises, signs off"), look,
			permissions{casework.Supervise, casework.Review, rates.Read, rates.SignOff, intake.ReadCodes, campaign.Sign, rectify.Read, rectify.List}),
		ofCommission("campaign", i18n.T("专项办人员", "Campaign office"), i18n.T("筹划和推进专项整治，收报表", "Plans and drives campaigns, takes in their reports"),
			permissions{org.Read, campaign.Read, campaign.Manage, campaign.Report, rates.Read, rectify.Read, rectify.Review, rectify.Import}),
		guarded(ofCommission(casework.RoleDiscipline, i18n.T("纪检监察", "Discipline officer"), i18n.T("廉洁线索的受理、处置与反馈", "Takes up, disposes of and answers integrity clues"), look,
			permissions{casework.Discipline, casework.Dispose, casework.Triage, casework.Dispatch, casework.Handle, casework.Review, casework.CallBack,
				casework.Supervise, casework.Export, intake.SeeIdentity, intake.Enter, rectify.Read})),
		guarded(ofCommission(casework.RoleCustodian, i18n.T("身份保管人", "Identity custodian"), i18n.T("审批查看廉洁线索诉求人身份的申请，看不到诉求内容和身份", "Decides who may open the reporter of an integrity clue, without seeing case or reporter"),
			permissions{org.Read, casework.ApproveIdentity})),
		ofCommission("inspector", i18n.T("检查人员", "Inspector"), i18n.T("到机构检查，复核整改", "Visits institutions, reviews what was put right"),
			permissions{org.Read, rectify.Read, rectify.Review}),

		role(casework.RoleCoordinator, i18n.T("单位联络员", "Unit coordinator"), i18n.T("本单位签收、交办、答复", "Signs for, assigns and answers for the unit"), look, work,
			permissions{intake.Enter, org.ManagePlaces, intake.ManageCodes, campaign.Report, rectify.Read, rectify.Work}),
		role("handler", i18n.T("承办人", "Handler"), i18n.T("办理交给自己科室的诉求", "Works on what the department was given"), look, permissions{casework.Handle, rectify.Read, rectify.Work}),
		role(casework.RoleLeader, i18n.T("单位领导", "Unit leader"), i18n.T("查看本单位，接收超期升级", "Sees the unit, is told of what is overdue"), look, permissions{rates.Read, intake.ReadCodes, rectify.Read}),

		role(org.SystemAdmin, i18n.T("系统管理员", "System administrator"), i18n.T("机构、地点、参数、任务", "Units, places, settings, jobs"),
			permissions{org.Read, org.Manage, org.ManagePlaces, intake.ReadCodes, intake.ManageCodes, system.ManageSettings, system.ManageJobs}),
		role(org.SecurityAdmin, i18n.T("安全管理员", "Security administrator"), i18n.T("账号与授权", "Accounts and roles"), permissions{org.Read, org.ManageAccounts, org.GrantRoles}),
		role(org.AuditAdmin, i18n.T("审计管理员", "Audit administrator"), i18n.T("查阅审计日志", "Reads the audit log"), permissions{org.Read, system.ReadAudit}),
	}
}

// ofCommission is a role that only people of a commission hold.
func ofCommission(key string, name, text i18n.Text, groups ...permissions) org.Role {
	r := role(key, name, text, groups...)
	r.Commission = true
	return r
}

// guarded is a role whose holders need a second step of signing in.
func guarded(r org.Role) org.Role {
	r.SecondStep = true
	return r
}

func role(key string, name, text i18n.Text, groups ...permissions) org.Role {
	all := slices.Concat(groups...)
	slices.Sort(all)
	return org.Role{Key: key, Name: name, Text: text, Permissions: slices.Compact(all)}
}
