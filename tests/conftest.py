"""What holds for all tests: how busy the machine is says nothing about the code, so hypothesis takes no time."""

from hypothesis import HealthCheck, settings

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")
