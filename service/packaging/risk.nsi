; The installer for Windows. `python -m service.packaging` gives VERSION, PROGRAM (the folder), MADE and perhaps TARGET.
Unicode true
!ifdef TARGET
  Target ${TARGET}
!endif
SetCompressor zlib
Name "Risk Manager"
OutFile "${MADE}"
InstallDir "$PROGRAMFILES64\Risk Manager"
RequestExecutionLevel admin
ShowInstDetails show
ShowUninstDetails show
BrandingText "risk ${VERSION}"

!include LogicLib.nsh
!include FileFunc.nsh
!define HOME "$APPDATA\RiskManager"
!define REMOVAL "Software\Microsoft\Windows\CurrentVersion\Uninstall\RiskManager"
!define SERVICE "SYSTEM\CurrentControlSet\Services\RiskManager"

Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

; Leave `reason` on the screen or in the details, and end with 2: nothing was changed.
!macro Refuse reason
  DetailPrint "${reason}"
  MessageBox MB_OK|MB_ICONSTOP "${reason}" /SD IDOK
  SetErrorLevel 2
  Abort "${reason}"
!macroend

; Ask for the password in a window of its own and do it; $0 is the exit code.
!macro Ask arguments
  DetailPrint `risk ${arguments}`
  ClearErrors
  ExecWait `"$INSTDIR\risk.exe" ${arguments}` $0
  ${If} ${Errors}
    StrCpy $0 1
  ${EndIf}
!macroend

; Do what needs no password; $0 is the exit code, or the word `error`. What was said is kept: a silent one shows nothing.
!macro Do arguments
  DetailPrint `risk ${arguments}`
  nsExec::ExecToStack `"$INSTDIR\risk.exe" ${arguments}`
  Pop $0
  Pop $6
  DetailPrint "$6"
  FileOpen $2 "$INSTDIR\service.txt" w
  FileWriteUTF16LE /BOM $2 "$6"
  FileClose $2
!macroend

; $1 is the command line of the service, empty where there is none.
!macro FindService
  SetRegView 64
  SetShellVarContext all
  ReadRegStr $1 HKLM "${SERVICE}" "ImagePath"
!macroend

; A program that runs, the guard or a window with the status, cannot be written; half a renewal would be no guard.
!macro RefuseWhileUsed file
  ${If} ${FileExists} "$INSTDIR\${file}"
    ClearErrors
    FileOpen $2 "$INSTDIR\${file}" a
    ${If} ${Errors}
      !insertmacro Refuse "${file} is in use. Close every window of risk, and stop the guard: risk admin service stop"
    ${EndIf}
    FileClose $2
  ${EndIf}
!macroend

Section
  !insertmacro FindService
  ${If} $1 != ""
  ${AndIf} ${FileExists} "$INSTDIR\risk.exe"
  ${AndIfNot} ${Silent}
    ; An upgrade is a stop: it is armed with the admin password, audited and announced.
    !insertmacro Ask 'admin service stop --home "${HOME}" --reason "the program is renewed"'
    ${If} $0 != 0
      !insertmacro Refuse "The guard was not stopped, so nothing was changed."
    ${EndIf}
  ${EndIf}
  !insertmacro RefuseWhileUsed "risk-service.exe"
  !insertmacro RefuseWhileUsed "risk.exe"

  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${PROGRAM}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKLM "${REMOVAL}" "DisplayName" "Risk Manager"
  WriteRegStr HKLM "${REMOVAL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${REMOVAL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${REMOVAL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${REMOVAL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${REMOVAL}" "NoModify" 1
  WriteRegDWORD HKLM "${REMOVAL}" "NoRepair" 1

  ; A window that stays: with the live status, and afterwards for `risk check`, `risk why` and the like.
  CreateDirectory "$SMPROGRAMS\Risk Manager"
  CreateShortcut "$SMPROGRAMS\Risk Manager\Risk status.lnk" "$SYSDIR\cmd.exe" \
    '/k ""$INSTDIR\risk.exe" status --watch --home "${HOME}""' "$INSTDIR\risk.exe" 0

  ; A home to guard: the one in its place, the one that /FROM= names, or a new one by questions.
  ${GetParameters} $3
  ClearErrors
  ${GetOptions} $3 "/FROM=" $4
  ${If} ${Errors}
    StrCpy $4 ""
  ${EndIf}
  ${If} $4 != ""
    StrCpy $5 '--from "$4"'
  ${Else}
    StrCpy $5 ""
    ${IfNot} ${FileExists} "${HOME}\settings.yaml"
    ${AndIfNot} ${Silent}
      MessageBox MB_YESNO "Set up what is guarded now? It asks for the login, the rules and the admin password." IDNO +2
      ExecWait '"$INSTDIR\risk.exe" admin init --home "${HOME}"'
    ${EndIf}
  ${EndIf}
  ${If} $5 != ""
  ${OrIf} ${FileExists} "${HOME}\settings.yaml"
    !insertmacro Do 'admin service install --home "${HOME}" $5'
    ${If} $0 != 0
      DetailPrint "The program is installed. The service is not: run `risk admin service install` as an administrator."
      SetErrorLevel 3
    ${EndIf}
  ${Else}
    DetailPrint "Next, as an administrator: risk admin init, then risk admin service install --from HOME"
  ${EndIf}
SectionEnd

Section Uninstall
  !insertmacro FindService
  ${If} $1 != ""
    ${If} ${Silent}
      !insertmacro Refuse "The guard is installed. Remove it first, with the password: risk admin service uninstall"
    ${EndIf}
    !insertmacro Ask 'admin service uninstall --home "${HOME}" --reason "the program is uninstalled"'
    ${If} $0 != 0
      !insertmacro Refuse "The guard was not removed: its password is needed. Nothing was changed."
    ${EndIf}
  ${EndIf}
  !insertmacro RefuseWhileUsed "risk-service.exe"
  !insertmacro RefuseWhileUsed "risk.exe"
  Delete "$SMPROGRAMS\Risk Manager\Risk status.lnk"
  RMDir "$SMPROGRAMS\Risk Manager"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\risk.exe"
  Delete "$INSTDIR\risk-service.exe"
  Delete "$INSTDIR\service.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKLM "${REMOVAL}"
SectionEnd
