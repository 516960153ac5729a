"""Doctors who may stand alone and doctors who need a backup, and a few duties."""

from dataclasses import replace
from datetime import date

from constraints.backup_for_dependent import BackupForDependent
from scheduler.domain.doctor import Competence, Employment
from tests.support import (
    BACKUP,
    doctor,
    duty,
)

RULE = BackupForDependent()
COURSES = Competence(emergency_course_from=date(2020, 1, 1), violence_course_from=date(2020, 1, 1))
FULL = replace(COURSES, specialist_from=date(2015, 1, 1))
EVA = doctor("Eva", competence=FULL)
IDA = doctor("Ida", competence=FULL)
LISE = doctor("Lise", employment=Employment.LIS1, competence=FULL)  # a LIS1 doctor
NILS = doctor("Nils", competence=COURSES)  # too little service, neither year nor duties
# 30 months and the courses; `duties_done` decides.
NEAR = replace(COURSES, clinical_months=30)
PER = doctor("Per", competence=replace(NEAR, duties_done=39))
ANNE = doctor("Anne", competence=replace(NEAR, duties_done=38))
ALL = [ANNE, EVA, IDA, LISE, NILS, PER]

SHIFT = duty("2027-02-02 16:00", "23:00")
BEHIND = duty("2027-02-02 16:00", "23:00", BACKUP)
FIRST = duty("2027-02-05 16:00", "23:00")
SECOND = duty("2027-02-06 16:00", "23:00")
THIRD = duty("2027-02-07 16:00", "23:00")
YOUNG = doctor("Unni", competence=replace(COURSES, lis1_completed_from=date(2021, 1, 1)))
