package app

import (
	"slices"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/inspection"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/mod/rates"
	"qingfeng/internal/mod/rectify"
	"qingfeng/internal/mod/sanction"
	"qingfeng/internal/mod/system"
	"qingfeng/internal/org"
)

type permissions = []authz.Permission

// The permissions of forms: to make them, and to read what was answered to them.
const (
	manageForms authz.Permission = "forms.manage"
	readAnswers authz.Permission = "forms.answers"
)

// Roles is the program's list of roles. The first group works at a health
// commission, the second at an institution or agency, the third keeps the
// program and is separated from both.
func Roles() []org.Role { return slices.Concat(atCommissions(), atUnits(), keepers()) }

// watch is to see how campaigns go and what they find.
func watch() permissions {
	return permissions{campaign.Read, inspection.Read, rectify.Read, sanction.Read}
}

// glance is to see cases and campaigns.
func glance() permissions { return permissions{org.Read, casework.Read, campaign.Read} }

// atCommissions are the roles of a health commission.
func atCommissions() []org.Role {
	dispatch := permissions{casework.Triage, casework.Dispatch, casework.Handle, casework.CallBack, casework.Export, casework.Catalogue,
		intake.Enter, intake.Import, intake.ReadCodes, rates.Read}
	return []org.Role{
		ofCommission("operator", i18n.T("登记员", "Operator"), i18n.T("登记来电来访和12345工单，电话回访", "Enters calls, visits and 12345 orders, calls reporters back"), glance(), permissions{intake.Enter, intake.Import, casework.CallBack}),
		ofCommission(casework.RoleDispatcher, i18n.T("受理派单员", "Dispatcher"), i18n.T("受理、派单、回访", "Accepts, dispatches, calls back"), glance(), dispatch),
		ofCommission(casework.RoleSupervisor, i18n.T("督办员", "Supervisor"), i18n.T("审核办理结果，督办，审批申请", "Reviews results, supervises, decides on requests"), glance(), watch(),
			permissions{casework.Review, casework.Supervise, casework.Export, intake.ReadCodes, rates.Read, manageForms, readAnswers, rectify.Review}),
		ofCommission("analyst", i18n.T("考核员", "Analyst"), i18n.T("三率考核与月度通报", "Three rates and the monthly pack"), glance(), permissions{rates.Read, rates.Manage, casework.Export}),
		ofCommission(casework.RoleDirector, i18n.T("委领导", "Director"), i18n.T("查看全局，督办，签发", "Sees everything below, supervises, signs off"), glance(), watch(),
			permissions{casework.Supervise, casework.Review, rates.Read, rates.SignOff, intake.ReadCodes, readAnswers, campaign.Sign, rectify.List, sanction.Publish}),
		ofCommission(sanction.RoleCampaign, i18n.T("专项办人员", "Campaign office"), i18n.T("组织专项整治和双随机抽查，收报表，公示结果", "Organises campaigns and inspections, takes in reports, publishes results"), watch(),
			permissions{org.Read, rates.Read, manageForms, readAnswers, campaign.Manage, campaign.Report, inspection.Manage, inspection.Visit, rectify.Review, rectify.Import, sanction.Manage}),
		ofCommission("inspector", i18n.T("检查人员", "Inspector"), i18n.T("开展检查，录入结果，复核整改", "Inspects, enters results, reviews what was put right"), watch(), permissions{org.Read, inspection.Visit, rectify.Review}),
		guarded(ofCommission(casework.RoleDiscipline, i18n.T("纪检监察", "Discipline officer"), i18n.T("廉洁线索的受理、处置与反馈", "Takes up, disposes of and answers integrity clues"), glance(), watch(),
			permissions{casework.Discipline, casework.Dispose, casework.Triage, casework.Dispatch, casework.Handle, casework.Review, casework.CallBack,
				casework.Supervise, casework.Export, intake.SeeIdentity, intake.Enter, readAnswers})),
		guarded(ofCommission(casework.RoleCustodian, i18n.T("身份保管人", "Identity custodian"), i18n.T("审批查看廉洁线索诉求人身份的申请，看不到诉求内容和身份", "Decides who may open the reporter of an integrity clue, without seeing case or reporter"),
			permissions{org.Read, casework.ApproveIdentity})),
	}
}

// atUnits are the roles of institutions and agencies, and of those whom the public
// sends.
func atUnits() []org.Role {
	work := permissions{casework.Handle, intake.ReadCodes, rates.Read}
	return []org.Role{
		role(casework.RoleCoordinator, i18n.T("单位联络员", "Unit coordinator"), i18n.T("本单位签收、交办、答复", "Signs for, assigns and answers for the unit"), glance(), work,
			permissions{intake.Enter, org.ManagePlaces, intake.ManageCodes, campaign.Report, rectify.Read, rectify.Work, sanction.Read}),
		role("handler", i18n.T("承办人", "Handler"), i18n.T("办理交给自己科室的诉求", "Works on what the department was given"), glance(), permissions{casework.Handle, rectify.Read, rectify.Work}),
		role(casework.RoleLeader, i18n.T("单位领导", "Unit leader"), i18n.T("查看本单位，接收超期升级", "Sees the unit, is told of what is overdue"), glance(), watch(), permissions{rates.Read, intake.ReadCodes}),
		light(role(inspection.RoleMonitor, i18n.T("社会监督员", "Social supervisor"), i18n.T("只看到交给自己的检查任务", "Sees nothing but the own inspections"), permissions{inspection.Visit})),
	}
}

// keepers keep the program, and are separated from those who use it.
func keepers() []org.Role {
	return []org.Role{
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

// light is a role whose holders may sign in by a personal link.
func light(r org.Role) org.Role {
	r.Light = true
	return r
}

func role(key string, name, text i18n.Text, groups ...permissions) org.Role {
	all := slices.Concat(groups...)
	slices.Sort(all)
	return org.Role{Key: key, Name: name, Text: text, Permissions: slices.Compact(all)}
}
