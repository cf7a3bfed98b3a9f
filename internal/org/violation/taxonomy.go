package violation

var taxonomy = []Group{
	group(1, "违法违规执业", "Unlawful practice", "无证行医/Practising without a licence|出租出借转让《医师执业证书》/Lending a doctor's certificate|"+
		"买卖转让租借《医疗机构执业许可证》/Trading an institution's licence|出租承包科室/Renting out a department|超出登记范围诊疗/Treatment outside the registered scope|"+
		"医师超类别、范围、地点执业/Doctor outside category, scope or place|使用非卫生技术人员/Unqualified staff|出具虚假证明文件/False certificates|"+
		"违规免疫细胞、干细胞治疗/Irregular cell therapy|非法鉴定胎儿性别/Illegal sex determination|非法获取买卖器官组织或转介潜在捐献者信息/Trade in organs or in data of donors|"+
		"借用套用他人代码开方/Prescribing under another's code"),
	group(2, "医疗诈骗与医托", "Medical fraud and touts", "虚假诊断/False diagnosis|夸大病情或疗效/Exaggerated illness or effect|医托/Touts|强迫、诱使消费/Forced or lured consumption"),
	group(3, "药械保健品", "Drugs, devices, health products", "假劣药械/Fake or substandard drugs or devices|以医疗名义推销保健用品/Health products sold as medicine|"+
		"普通食品冒充特医食品/Food passed off as medical food|宣传销售母乳代用品/Promoting breast-milk substitutes|捆绑推销药品耗材/Bundled drugs or consumables|"+
		"院外指定地点购药/Sent to a certain outside pharmacy"),
	group(4, "欺诈骗保", "Insurance fraud", "诱导、骗取住院/Induced or false admission|恶意挂床/Empty beds charged|留存、盗刷、冒用社保卡/Keeping or misusing insurance cards|"+
		"虚记多记费用/Invented or inflated charges|串换项目/Swapped items|人证不符/Person and card do not match|虚构医药服务/Invented services|"+
		"伪造医疗文书票据/Forged records or bills|协助变现/Helping to cash in"),
	group(5, "医疗广告与虚假信息", "Advertising and false information", "未经审查发布广告/Advertising without review|违反审查证明内容/Advertising beyond the approval|"+
		"自媒体虚假信息/False information in social media|互联网虚假医疗信息/False medical information online"),
	group(6, "价格收费", "Prices and charges", "自立收费项目/Invented charge items|自定、提高标准/Own or raised prices|分解收费/Split charges|重复收费/Double charges|"+
		"只收费不服务/Charged without service|未公示价格/Prices not displayed|术中加项加价/Extras during an operation"),
	group(7, "不合理诊疗", "Unreasonable treatment", "过度检查/Excessive tests|过度治疗/Excessive treatment|过度用药、大处方/Excessive drugs|小病大治/Minor illness, major treatment|"+
		"重复检查/Repeated tests|检查结果不互认/Results of others not accepted|无指征检查/Tests without indication|违反知情同意/Without informed consent"),
	group(8, "红包回扣", "Red envelopes and kickbacks", "索要红包/Asking for a red envelope|收受红包礼品/Taking red envelopes or gifts|收受回扣/Taking kickbacks|开单提成/Commission on orders|"+
		"介绍转诊牟利/Referral for profit|违规接受捐赠/Irregular donations|接受宴请旅游/Banquets and travel"),
	group(9, "统方", "Prescription statistics for trade", "为商业目的统方/Statistics for trade|协助统方/Helping with statistics|未经审批查询/Query without approval"),
	group(10, "服务态度与流程", "Service and process", "生硬冷漠/Rude or cold|推诿拒诊/Turning patients away|等候时间长/Long waits|挂号、退号、预约/Registration and appointments|"+
		"环境卫生/Hygiene|窗口服务/Counter service|人情就医插队/Jumping the queue by favour"),
	group(11, "医疗质量安全", "Quality and safety", "核心制度未落实/Core rules not kept|不负责任致严重质量安全事故/Serious accident by negligence|院感/Hospital infection|"+
		"病历书写/Medical records|进修实习人员私自承接/Trainees on their own"),
	group(12, "疫苗与公共卫生", "Vaccines and public health", "记录缺失/Records missing|出库、接种、损耗三方不一致/Issued, given and wasted do not agree|采购回扣/Kickbacks in purchase"),
	group(13, "安全生产", "Safety", "消防/Fire|特种设备/Special equipment|燃气/Gas|房屋/Buildings|发包出租/Contracting and letting"),
	group(14, "信息与隐私", "Information and privacy", "泄露患者隐私/Patients' privacy disclosed|统计数据外泄/Statistics disclosed"),
	group(15, "履职与问责", "Duty and accountability", "主体责任不落实/Responsibility not met|弄虚作假/Falsification|失职渎职/Neglect of duty"),
}
