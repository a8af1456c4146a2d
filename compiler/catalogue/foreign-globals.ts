// Variables that Configuration Manager, MDT and their agents set or read: sequences use them without declaring them. A name may
// be followed by marks: `/r` read-only, `/s` secret, and what its text holds: `b` true or false, `i` a whole number, `p` a path,
// `d` the letter of a drive, `l` a list, `c` a reference to content.

export interface ForeignGlobal {
  /** As the other system spells it. */
  readonly name: string;
  readonly system: "configmgr" | "mdt";
  /** The agent sets it; a sequence can't. */
  readonly readOnly: boolean;
  readonly secret: boolean;
  /** What its text holds; `string`: nothing in particular. */
  readonly holds: "string" | "bool" | "int" | "path" | "drive" | "list" | "content";
}

const configMgr =
  "_OSDDetectedWinDir/rp _OSDDetectedWinDrive/r _SMSTSAdvertID/r _SMSTSBootImageID/r _SMSTSBootUEFI/rb " +
  "_SMSTSClientCache/rp _SMSTSClientGUID/r _SMSTSCurrentActionName/r _SMSTSDownloadOnDemand/rb " +
  "_SMSTSInWinPE/rb _SMSTSLastActionName/r _SMSTSLastActionRetCode/ri _SMSTSLastActionSucceeded/rb " +
  "_SMSTSLastContentDownloadLocation/r _SMSTSLogPath/rp _SMSTSMachineName/r _SMSTSMDataPath/rp _SMSTSMP/r " +
  "_SMSTSMPPort/ri _SMSTSOrgName/r _SMSTSPackageID/r _SMSTSPackageName/r _SMSTSRunFromDP/rb " +
  "_SMSTSSetupRollback/rb _SMSTSSiteCode/r _SMSTSTimezone/r _SMSTSUseCRL/rb _SMSTSUserStarted/rb " +
  "_SMSTSUseSSL/rb _SMSTSWTG/rb _SMSTSLaunchMode/r _SMSTSMediaType/r _SMSTSType/r _TSSecureBoot/r " +
  "_SMSTSUserStatePath/rp _SMSTSAssetTag/r _SMSTSDefaultGateways/r _SMSTSIPAddresses/r _SMSTSMacAddresses/r " +
  "_SMSTSMake/r _SMSTSModel/r _SMSTSSerialNumber/r _SMSTSUUID/r _SMSTSOSUpgradeActionReturnCode/ri " +
  "_TS_CRMEMORY/r _TS_CRSPEED/r _TS_CRDISK/r _TS_CROSTYPE/r _TS_CRARCH/r _TS_CRMINOSVER/r _TS_CRMAXOSVER/r " +
  "_TS_CRCLIENTMINVER/r _TS_CROSLANGUAGE/r _TS_CRACPOWER/r _TS_CRNETWORK/r _TS_CRUEFI/r _TS_CRWIRED/r " +
  "_TS_CRTPMACTIVATED/r _TS_CRTPMENABLED/r _TSAppInstallStatus/r _SMSTSAppInstallNeedsRetry/rb " +
  "_OSDMigrateUsmtPackageID/c _OSDMigrateUsmtRestorePackageID/c OSDAdapter/l OSDAdapterCount/i OSDDNSDomain " +
  "OSDDNSSuffixSearchOrder OSDDomainName OSDDomainOUName OSDEnableTCPIPFiltering/b OSDNetworkJoinType " +
  "OSDWorkgroupName OSDJoinAccount OSDJoinPassword/s OSDJoinDomainName OSDJoinDomainOUName " +
  "OSDJoinSkipReboot/b OSDJoinType OSDJoinWorkgroupName OSDAppInstallRetries/i OSDAppInstallRetryTimeout/i " +
  "TSErrorOnWarning/b SMSInstallUpdateTarget SMSTSMPListRequestTimeoutEnabled/b SMSTSMPListRequestTimeout/i " +
  "SMSTSSoftwareUpdateScanTimeout/i SMSTSWaitForSecondReboot/i OSDApplyDriverBootCriticalContentUniqueID " +
  "OSDApplyDriverBootCriticalHardwareComponent OSDApplyDriverBootCriticalID " +
  "OSDApplyDriverBootCriticalINFFile OSDInstallDriversAdditionalOptions OSDAutoApplyDriverBestMatch/b " +
  "OSDAutoApplyDriverCategoryList/l SMSTSDriverRequestConnectTimeOut/i SMSTSDriverRequestReceiveTimeOut/i " +
  "SMSTSDriverRequestResolveTimeOut/i SMSTSDriverRequestSendTimeOut/i OSDBitLockerPIN/s " +
  "OSDBitLockerRecoveryPassword/s OSDBitLockerStartupKey/s OSDBitLockerRebootCount/i " +
  "OSDBitLockerRebootCountOverride/i OSDRecoveryKeyPollingFrequency/i OSDRecoveryKeyPollingTimeout/i " +
  "OSDCaptureAccount OSDCaptureAccountPassword/s OSDCaptureDestination/p OSDImageCreator " +
  "OSDImageDescription OSDImageVersion OSDTargetSystemRoot/p OSDConfigFileName OSDImageIndex/i " +
  "OsdLayeredDriver OSDTargetSystemDrive/d OSDDataImageIndex/i OSDWipeDestinationPartition/b " +
  "OSDKeepActivation/b SMSTSUninstallCCMClient/b OSDSetupAdditionalUpgradeOptions SetupCompletePause/i " +
  "SMSClientInstallProperties SMSTSWaitCcmexecOperationalTimeout/i OSDComputerName OSDRegisteredOrgName " +
  "OSDTimeZone OSDRegisteredUserName OSDLocalAdminPassword/s OSDProductKey OSDRandomAdminPassword/b " +
  "OSDServerLicenseConnectionLimit/i OSDServerLicenseMode OSDWindowsSettingsInputLocale " +
  "OSDWindowsSettingsSystemLocale OSDWindowsSettingsUILanguage OSDWindowsSettingsUILanguageFallback " +
  "OSDWindowsSettingsUserLocale OSDMigrateAdapterSettings/b OSDMigrateNetworkMembership/b " +
  "OSDMigrateComputerName/b OSDMigrateRegistrationInfo/b OSDMigrateTimeZone/b " +
  "OSDMigrateAdditionalCaptureOptions OSDMigrateAdditionalRestoreOptions OSDMigrateConfigFiles/l " +
  "OSDMigrateContinueOnLockedFiles/b OSDMigrateContinueOnRestore/b OSDMigrateEnableVerboseLogging/b " +
  "OSDMigrateLocalAccounts/b OSDMigrateLocalAccountPassword/s OSDMigrateMode OSDMigrateSkipEncryptedFiles/b " +
  "OSDStateFallbackToNAA/b OSDStateSMPRetryCount/i OSDStateSMPRetryTime/i OSDStateStorePath/p " +
  "OSDDiskIndex/i OSDGPTBootDisk/b OSDPartitionStyle OSDPartitions/l TSUEFIDrive OSDDoNotLogCommand/b " +
  "SMSTSDisableWow64Redirection/b SMSTSRunCommandLineAsUser/b SMSTSRunCommandLineUserName " +
  "SMSTSRunCommandLineUserPassword/s WorkingDirectory/p OSDLogPowerShellParameters/b " +
  "SMSTSRunPowerShellAsUser/b SMSTSRunPowerShellUserName SMSTSRunPowerShellUserPassword/s " +
  "SMSConnectNetworkFolderAccount SMSConnectNetworkFolderDriveLetter/d SMSConnectNetworkFolderPassword/s " +
  "SMSConnectNetworkFolderPath/p SMSRebootMessage SMSRebootTimeout/i SMSTSAllowTokenAuthURLForACP/b " +
  "SMSTSAssignmentsDownloadInterval/i SMSTSAssignmentsDownloadRetry/i SMSTSAssignUsersMode " +
  "SMSTSDisableStatusRetry/b SMSTSDownloadAbortCode/i SMSTSDownloadProgram SMSTSDownloadRetryCount/i " +
  "SMSTSDownloadRetryDelay/i SMSTSErrorDialogTimeout/i SMSTSLanguageFolder SMSTSLocalDataDrive/d SMSTSMP " +
  "SMSTSPeerDownload/b SMSTSPeerRequestPort/i SMSTSPersistContent/b SMSTSPreserveContent/b SMSTSPostAction " +
  "SMSTSPreferredAdvertID SMSTSRebootDelay/i SMSTSRebootDelayNext/i SMSTSRebootMessage SMSTSRebootRequested " +
  "SMSTSRetryRequested/b SMSTSUDAUsers/l TSDebugMode/b TSDebugOnError/b TSDisableProgressUI/b " +
  "TSProgressInfoLevel OSDAllowUnsignedDriver OSDBuildStorageDriverList OSDDiskpartBiosCompatibilityMode " +
  "OSDInstallEditionIndex OSDPreserveDriveLetter OSDApplyDriverDriverPackageID OSDRecurse OSDBitLockerMode " +
  "OSDBitLockerTargetDrive OSDBitLockerCreateRecoveryPassword OSDBitLockerEncryptFullDisk " +
  "OSDBitLockerEncryptMethod OSDBitLockerWaitForEncryption OSDBitLockerSkipWhenNoValidTPM " +
  "OSDBitLockerStartupKeyDrive OSDMigrateFileAccess _OSDMigrateOfflineUserState _OSDMigrateUseHardlinks " +
  "OSDStateRequestType OSDDiskIndexVariable OSDDiskType OSDDownloadDownloadPackages " +
  "OSDDownloadDestinationLocationType OSDDownloadDestinationPath OSDDownloadDestinationVariable " +
  "OSDDownloadContinueDownloadOnError OSDPackageCount OSDPackage OSDApp OSDAppCount OSDAppClearCache " +
  "_SMSSWDProgramName _SMSClientPackageID SMSTSRunCommandLineOutputVariableName _SMSTSRunCommandLineAsUser " +
  "_SMSTSRunPowerShellAsUser OSDRunPowerShellScriptExecutionPolicy OSDRunPowerShellScriptOutputVariableName " +
  "OSDRunPowerShellScriptPackageID OSDRunPowerShellScriptParameters OSDRunPowerShellScriptScriptName " +
  "OSDRunPowerShellScriptSourceScript OSDRunPowerShellScriptSuccessCodes SMSTSRunPowerShellWorkingDirectory " +
  "SMSRebootTarget OSDSetDynamicVariablesRules SetVariableActionHiddenVariableValue/s " +
  "OSDSubTasksequencePackageID OSDSubTasksequenceTsName OSDSubTasksequenceTsReferencePackages " +
  "OSDSubTasksequenceTsReferenceApplications OSDSubTasksequenceTsReferenceSoftwareUpdates " +
  "OSDUpgradeInstallPackageID OSDUpgradeInstallPath OSDUpgradeInstallEditionIndex OSDUpgradeOsProductKey " +
  "OSDUpgradeDriverPackageID OSDUpgradeStagedContent OSDUpgradeScanOnly OSDUpgradeIgnoreMessages " +
  "OSDUpgradeDynamicUpdateSettings OSDUpgradePreserveSettings OSDFeatureUpdateAssignmentID " +
  "OSDUpgradeFeatureUpdateName SMSTSSoftwareUpdateScanUseCache _SMSTSMPCerts/r OSDCheckMemory/b OSDMemory " +
  "OSDCheckProcessorSpeed/b OSDProcessorSpeed OSDCheckFreeDiskSpace/b OSDFreeDiskSpace OSDCheckOSType/b " +
  "OSDOSType OSDCheckOSArchitecture/b OSDOSArchitecture OSDCheckMinOSVersion/b OSDMinOSVersion " +
  "OSDCheckMaxOsVersion/b OSDMaxOSVersion OSDCheckCMClientMinVersion/b OSDCMClientMinVersion " +
  "OSDCheckOSLanguageID/b OSDOSLanguageID OSDCheckPowerState/b OSDCheckNetworkConnected/b " +
  "OSDCheckDeviceUEFI/b BaseVariableName ContinueOnInstallError RetryCount ApplicationName PackageID " +
  "CommandLine SuccessCodes VariableName VariableValue DoNotShowVariableValue OSDCheckNetworkWired/b";

const mdt =
  "DeployRoot ResourceRoot DeployDrive ResourceDrive DeploymentMethod DeploymentType Phase DestinationDisk " +
  "DestinationPartition UserID UserDomain UserPassword/s UDShare UDDir UDProfiles SLShare " +
  "SLShareDynamicLogging EventShare EventService OSInstall ComputerName Home_Page JoinDomain JoinWorkgroup " +
  "DomainAdmin DomainAdminDomain DomainAdminPassword/s MachineObjectOU OSDINSTALLSILENT OSDINSTALLPACKAGE " +
  "OSDINSTALLPROGRAM OSDNEWMACHINENAME ScanStateArgs LoadStateArgs ComputerBackupLocation BackupShare " +
  "BackupDir BackupDrive UserDataLocation DoCapture ProductKey OverrideProductKey WDSServer CaptureGroups " +
  "AdminPassword/s OrgName FullName TimeZone TimeZoneName TaskSequenceID BuildID KeyboardLocale " +
  "KeyboardLocalePE InputLocale SystemLocale UserLocale UILanguage Xresolution Yresolution BitsPerPel " +
  "Vrefresh AreaCode CountryCode LongDistanceAccess Dialing BdeInstallSuppress BdeInstall BdeKeyLocation " +
  "BdeRecoveryKey BdeWaitForEncryption BdeDriveLetter BdeDriveSize BdePin/s BdeDisablePreProvisioning " +
  "BdeAllowAlphaNumericPin BDEPinMinLength TpmOwnerPassword/s OSDMP OSDSITECODE ServerA ServerB ServerC " +
  "USMTConfigFile WipeDisk WsusServer USMT3 USMT4 DriverSelectionProfile PackageSelectionProfile " +
  "WizardSelectionProfile CustomDriverSelectionProfile CustomPackageSelectionProfile " +
  "CustomWizardSelectionProfile SkipGroupSubFolders SysPrepDriverSelectionProfile AutoMode AutoUsers " +
  "ApplicationSuccessCodes BackupFile DoNotCreateExtraPartition ForceApplyFallback OSDDiskAlign " +
  "FinishAction HideShell DisableTaskMgr PrepareWinRE ApplyGPOPack GPOPackPath ValidateDomainCredentialsUNC " +
  "VSSMaxSize DestinationOSInstallType DestinationOSVariable SkipRearm WindowsSource " +
  "DoNotFormatAndPartition USMTOfflineMigration WindowsUpgradeAdditionalOptions DynamicallyUpdateWinSetup " +
  "SkipWizard SkipCapture SkipAdminPassword SkipApplications SkipComputerBackup SkipDomainMembership " +
  "SkipComputerName SkipDeploymentType SkipUserData SkipPackageDisplay SkipLocaleSelection SkipProductKey " +
  "SkipSummary SkipFinalSummary SkipBDDWelcome SkipTimeZone SkipTaskSequence SkipBuild SkipBitLocker " +
  "SkipBitLockerDetails SkipAdminAccounts SkipRoles OSDAddAdmin OSDArchitecture OSDTargetDrive " +
  "OSDWinPEWinDir OSDDiskPart OSDApplicationList UDILocale OSDAdapter0Name OSDAdapter0MacAddress " +
  "OSDAdapter0EnableDHCP OSDAdapter0IPAddressList OSDAdapter0SubnetMask OSDAdapter0Gateways " +
  "OSDAdapter0GatewayCostMetric OSDAdapter0DNSServerList OSDAdapter0DNSSuffix " +
  "OSDAdapter0EnableDNSRegistration OSDAdapter0EnableFullDNSRegistration OSDAdapter0EnableLMHOSTS " +
  "OSDAdapter0EnableWINS OSDAdapter0TcpipNetbiosOptions OSDAdapter0WINSServerList " +
  "OSDAdapter0EnableTCPIPFiltering OSDAdapter0TCPFilterPortList OSDAdapter0UDPFilterPortList " +
  "OSDAdapter0IPProtocolFilterList OSDPartitions0TYPE OSDPartitions0FILESYSTEM OSDPartitions0BOOTABLE " +
  "OSDPartitions0QUICKFORMAT OSDPartitions0VOLUMENAME OSDPartitions0SIZE OSDPartitions0SIZEUNITS " +
  "OSDPartitions0VOLUMELETTERVARIABLE OSDPartitions1TYPE OSDPartitions1FILESYSTEM OSDPartitions1BOOTABLE " +
  "OSDPartitions1QUICKFORMAT OSDPartitions1VOLUMENAME OSDPartitions1SIZE OSDPartitions1SIZEUNITS " +
  "OSDPartitions1VOLUMELETTERVARIABLE OSRoles OSRoleServices OSFeatures UninstallOSRoles " +
  "UninstallOSRoleServices UninstallOSFeatures OptionalOSRoles OptionalOSRoleServices OptionalOSFeatures " +
  "ReplicaOrNewDomain NewDomain NewDomainDNSName ParentDomainDNSName ReplicaDomainDNSName ChildName " +
  "DomainNetBiosName ForestLevel DomainLevel AutoConfigDNS ConfirmGC CriticalReplicationOnly ADDSUserName " +
  "ADDSUserDomain ADDSPassword/s ReplicationSourceDC DatabasePath ADDSLogPath SysVolPath " +
  "SafeModeAdminPassword/s SiteName DHCPServerOptionRouter DHCPServerOptionDNSServer " +
  "DHCPServerOptionWINSServer DHCPServerOptionDNSDomainName DHCPServerOptionNBTNodeType " +
  "DHCPServerOptionPXEClient DHCPScopes DHCPScopes0SubnetMask DHCPScopes0IP DHCPScopes0Name " +
  "DHCPScopes0Description DHCPScopes0StartIP DHCPScopes0EndIP DHCPScopes0ExcludeStartIP " +
  "DHCPScopes0ExcludeEndIP DHCPScopes0OptionRouter DHCPScopes0OptionDNSServer DHCPScopes0OptionWINSServer " +
  "DHCPScopes0OptionDNSDomainName DHCPScopes0OptionNBTNodeType DHCPScopes0OptionLease " +
  "DHCPScopes0OptionPXEClient DNSZones DNSZones0Name DNSZones0Type DNSZones0MasterIP " +
  "DNSZones0DirectoryPartition DNSZones0FileName DNSZones0Scavenge DNSZones0Update " +
  "DNSServerOptionDisableRecursion DNSServerOptionBINDSecondaries DNSServerOptionFailOnLoad " +
  "DNSServerOptionEnableRoundRobin DNSServerOptionEnableNetmaskOrdering DNSServerOptionEnableSecureCache " +
  "DNSServerOptionNameCheckFlag WINSPartners WINSPartners0Name WINSPartners0Type WINSPartners0IP " +
  "ConfigFileName OSDAnswerFilePath OSDInstallType OSDisk OSVersionNumber OSArchitecture ImagePackageID " +
  "InstallPackageID OSDImagePackageID ConfigFilePackage Packages/l Applications/l MandatoryApplications/l " +
  "Administrators/l PowerUsers/l DriverPaths/l DriverGroup/l StorageDriverGroup/l " +
  "StorageDriverSysPrepGroup/l DomainOUs/l USMTMigFiles/l Groups/l LanguagePacks/l PackageGroup/l Role/l " +
  "Location/l WUMU_ExcludeKB/l WUMU_ExcludeID/l PSDWizard PSDWizardTheme PSDPrestartMode PSDWizardLogo " +
  "PSDLoaderLogo SkipPSDWelcome SkipPSDWizardSplashScreen SkipReadinessCheck SkipDeployReadiness " +
  "SkipRoleSelection SkipIntuneGroup SkipDiskSelection PSDReadinessAllowBypass PSDReadinessScript " +
  "PSDWizardCustomPaneAllowBypass PSDWizardCollapseTSList PSDPrestartPosition DeviceRoleAllowBypass " +
  "IntuneGroupAllowBypass PSDDebug PSDDeployRoots PSDResoureRoots LogUserDomain LogUserID LogUserPassword/s " +
  "DriverPath GenericDriverPath FallBackDriverPath PSDReadinessCheck/l IntuneGroup/l DeviceRole/l AssetTag " +
  "DestinationDrive IsDesktop IsLaptop IsServer IsUEFI IsVM LogPath Make Model Product ScriptRoot " +
  "SMSTSOrgName TaskSequenceName TaskSequenceVersion ToolRoot UUID SerialNumber";

const kinds: { readonly [mark: string]: ForeignGlobal["holds"] } = {
  b: "bool",
  i: "int",
  p: "path",
  d: "drive",
  l: "list",
  c: "content",
};

/** By name in lower case. */
let table: ReadonlyMap<string, ForeignGlobal> | undefined;

function globals(): ReadonlyMap<string, ForeignGlobal> {
  if (table !== undefined) return table;
  const entries: [string, ForeignGlobal][] = [];
  const read = (list: string, system: ForeignGlobal["system"]): void => {
    for (const entry of list.split(" ")) {
      const [name = "", marks = ""] = entry.split("/");
      const holds = kinds[marks.at(-1) ?? ""] ?? "string";
      const traits = { readOnly: marks.includes("r"), secret: marks.includes("s") };
      entries.push([name.toLowerCase(), { name, system, ...traits, holds }]);
    }
  };
  read(mdt, "mdt");
  read(configMgr, "configmgr");
  return (table = new Map(entries));
}

/** All of them; those of Configuration Manager last. */
export function foreignGlobals(): readonly ForeignGlobal[] {
  return [...globals().values()];
}

/** The variable of this name, however it is spelt; elements of arrays (`OSDAdapter3Name`) go by those that are listed. */
export function foreignGlobal(name: string): ForeignGlobal | undefined {
  const key = name.toLowerCase();
  const known = globals().get(key);
  if (known !== undefined) return known;
  const first = globals().get(key.replace(/\d+/, "0"));
  const number = /\d+/.exec(name)?.[0];
  return first === undefined || number === undefined
    ? undefined
    : { ...first, name: first.name.replace(/\d+/, number) };
}
